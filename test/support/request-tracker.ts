// The Request Tracker of the distribution, in a database of a MariaDB of a test: filled by its own objects, never served.
import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withoutMariadb, type Mariadb } from './mariadb.ts'

const SET_UP = '/usr/sbin/rt-setup-database-5'

/** Why this machine cannot run it, for `skip`; false when it can. */
export function withoutRequestTracker(): string | false {
  if (withoutMariadb() !== false) return withoutMariadb()
  return existsSync(SET_UP)
    ? false
    : 'Request Tracker is not here: apt-get install request-tracker5 rt5-db-mysql'
}

/** Sets it up in a database, has people write and work in it, and says the ids of their tickets by name. */
export async function fillRequestTracker(
  old: Mariadb,
  database: string,
  folder: string,
): Promise<Readonly<Record<string, number>>> {
  await old.run(
    database,
    `create user if not exists rt identified by 'rt'; grant all on ${database}.* to rt; alter database ${database} character set utf8mb4`,
  )
  const site = join(folder, 'RT_SiteConfig.pm')
  writeFileSync(
    site,
    `Set($DatabaseType, 'mysql'); Set($DatabaseHost, '127.0.0.1'); Set($DatabasePort, '${old.port}');
Set($DatabaseUser, 'rt'); Set($DatabasePassword, 'rt'); Set($DatabaseName, '${database}');
Set($rtname, 'desk.example'); Set($Organization, 'desk.example'); Set($WebDomain, 'desk.example');
Set($MailCommand, 'testfile'); Set($LogToSTDERR, 'error'); Set($LogToSyslog, undef); Set($LogToFile, undef);
Set($LogDir, '${folder}'); 1;
`,
  )
  const env = { ...process.env, RT_SITE_CONFIG: site, RT_SITE_CONFIG_DIR: join(folder, 'none') }
  const asked = (program: string, args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env, timeout: 120_000 })
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}\n${stdout}`)
    return stdout
  }
  const initial = ['--datafile', '/usr/share/request-tracker5/etc/initialdata']
  for (const action of [['schema'], ['coredata'], ['insert', ...initial]])
    asked(SET_UP, ['--action', ...action, '--dba', 'rt', '--dba-password', 'rt', '--skip-create'])
  return JSON.parse(
    asked('/usr/bin/perl', [join(import.meta.dirname, 'request-tracker.pl')])
      .trim()
      .split('\n')
      .at(-1) ?? '',
  ) as Record<string, number>
}
