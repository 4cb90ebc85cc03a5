-- A desk that is moved as a whole says from when on it knows all that tickets were judged by; and what counts called "surveies".
grant insert on judged_by_since to docket_app;
update import_ref set kind = 'surveys' where kind = 'surveies';
