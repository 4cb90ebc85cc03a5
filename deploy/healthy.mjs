// Whether the desk in this container answers and has its database: for the container's health check.
const { ok } = await fetch(`http://127.0.0.1:${process.env.DOCKET_PORT ?? 3000}/readyz`).catch(() => ({ ok: false }))
process.exit(ok ? 0 : 1)
