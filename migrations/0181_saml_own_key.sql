-- A SAML provider may want requests that are signed, and encrypt what it answers: for both the desk has a key of its own there, sealed where
-- other providers have the client's secret.
update identity_provider
set saml = saml || '{"own": null, "signsRequests": false}'
where saml is not null;
