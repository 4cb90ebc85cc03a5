-- A limit is asked for, never found: tokens from before there were limits lose the one that 0113 gave them.
update api_token set per_minute = null where per_minute = 6000;
