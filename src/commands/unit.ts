// The unit by which systemd keeps Docket running: as a person of its own, with nothing to write to but its folders.

type Placed = {
  /** The project's folder: packages and the web app are built in it after an upgrade. */
  readonly folder: string
  readonly dataDir: string
  readonly user: string
  /** Settings, one `NAME=value` a line; may be missing. */
  readonly envFile: string
}

/** The text of the unit (systemd.service(5), systemd.exec(5)). */
export function unitOf({ folder, dataDir, user, envFile }: Placed): string {
  return `[Unit]
Description=Docket, a ticketing system
After=network-online.target
Wants=network-online.target

[Service]
Type=exec
User=${user}
WorkingDirectory=${plain(folder)}
Environment=${quoted(`DOCKET_DATA=${dataDir}`)}
EnvironmentFile=-${plain(envFile)}
ExecStart=${quoted(`${folder}/docket`)} start
Restart=on-failure
RestartSec=5
# A wrong setting does not mend itself.
RestartPreventExitStatus=64 78
# Requests in flight are answered and the database is stopped before that.
TimeoutStopSec=60
UMask=0077
NoNewPrivileges=yes
# For ports such as 25 and 443.
AmbientCapabilities=CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
PrivateTmp=yes
PrivateDevices=yes
ProtectSystem=strict
ProtectHome=read-only
ProtectControlGroups=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictSUIDSGID=yes
LockPersonality=yes
ReadWritePaths=${quoted(folder)} ${quoted(`-${dataDir}`)}

[Install]
WantedBy=multi-user.target
`
}

/** What an administrator fills in; read by the unit, and by nobody but root. */
export const SETTINGS = `# Settings of Docket, one a line; the README names them all. After a change: systemctl restart docket
#DOCKET_HOST=127.0.0.1
#DOCKET_PORT=3000
#DOCKET_BASE_URL=https://desk.example
#DOCKET_TRUSTED_PROXIES=127.0.0.1
#DOCKET_SMTP_PORT=25
#DOCKET_SMTP_URL=smtp://user:password@relay.example:587
#DATABASE_URL=postgres://docket:password@db.example/docket
`

/** A path where the whole rest of the line is one; \`%\` begins a specifier. */
const plain = (path: string): string => path.replaceAll('%', '%%')

/** A word among others (systemd.syntax(7)). */
function quoted(word: string): string {
  const safe = plain(word).replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  return /[\s"'\\$;]/.test(word) ? `"${safe.replaceAll('$', '$$$$')}"` : safe
}
