// How the parts of the cluster are set up: as docs/operate.md advises, with the shortest times that Patroni allows.
import { join } from 'node:path'
import type { ClusterNode } from './cluster.ts'

/** One etcd, alone: what is shown is PostgreSQL's failover, not etcd's. */
export function etcdArguments(folder: string, port: number, peerPort: number): string[] {
  const [client, peer] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`]
  return [
    '--name',
    'etcd',
    '--data-dir',
    folder,
    '--listen-client-urls',
    client,
    '--advertise-client-urls',
    client,
    '--listen-peer-urls',
    peer,
    '--initial-advertise-peer-urls',
    peer,
    '--initial-cluster',
    `etcd=${peer}`,
  ]
}

/** A node that follows in step (`synchronous_mode_strict`: what is acknowledged is on two machines) and comes back by pg_rewind. */
export function patroniConfig({ name, folder, port, rest, gates }: ClusterNode, bin: string): string {
  const user = (login: string) => ({ username: login, password: login })
  return JSON.stringify({
    scope: 'docket',
    name,
    restapi: { listen: `127.0.0.1:${rest}`, connect_address: `127.0.0.1:${gates.rest.port}` },
    // Without discovery, which would find the way around the gate.
    etcd3: { use_proxies: true, hosts: [`127.0.0.1:${gates.etcd.port}`] },
    bootstrap: {
      dcs: {
        ttl: 20,
        loop_wait: 2,
        retry_timeout: 3,
        synchronous_mode: true,
        synchronous_mode_strict: true,
        postgresql: {
          use_pg_rewind: true,
          parameters: { max_connections: 200, shared_buffers: '32MB', wal_keep_size: '256MB' },
        },
      },
      initdb: ['data-checksums', { encoding: 'UTF8' }, { locale: 'C.UTF-8' }],
    },
    postgresql: {
      listen: `127.0.0.1:${port}`,
      connect_address: `127.0.0.1:${gates.data.port}`,
      data_dir: join(folder, 'data'),
      bin_dir: bin,
      pgpass: join(folder, 'pgpass'),
      authentication: {
        superuser: user('postgres'),
        replication: user('follower'),
        rewind: user('rewinder'),
      },
      basebackup: [{ checkpoint: 'fast' }],
      remove_data_directory_on_rewind_failure: true,
      parameters: { unix_socket_directories: folder },
      pg_hba: ['host all all 127.0.0.1/32 scram-sha-256', 'host replication all 127.0.0.1/32 scram-sha-256'],
    },
  })
}

/** Asks each Patroni who is the primary; connections to one that no longer is are closed at once. */
export function haproxyConfig(nodes: readonly ClusterNode[], front: number, back: number): string {
  const servers = nodes.map(
    ({ name, gates }) => `  server ${name} 127.0.0.1:${gates.data.port} check port ${gates.rest.port}`,
  )
  const listen = (what: string, port: number) => [
    `listen ${what}`,
    `  bind 127.0.0.1:${port}`,
    `  option httpchk OPTIONS /${what}`,
    '  http-check expect status 200',
    '  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions',
    ...servers,
  ]
  const lines = [
    'defaults',
    '  mode tcp',
    '  timeout connect 3s',
    '  timeout client 30m',
    '  timeout server 30m',
    '  timeout check 2s',
    ...listen('primary', front),
    ...listen('replica', back),
  ]
  return `${lines.join('\n')}\n`
}

/** In front of a desk: HTTP to whichever `serve` says that it is ready, mail to whichever `work` takes it. */
export function frontConfig(
  front: { readonly http: number; readonly smtp: number },
  behind: { readonly serves: readonly number[]; readonly works: readonly number[] },
): string {
  const servers = (ports: readonly number[], more: string) =>
    ports.map((port, at) => `  server s${at} 127.0.0.1:${port} check ${more}`)
  const lines = [
    'defaults',
    '  timeout connect 3s',
    '  timeout client 1m',
    '  timeout server 1m',
    '  timeout check 3s',
    '  retries 3',
    '  option redispatch 1',
    'listen http',
    '  mode http',
    `  bind 127.0.0.1:${front.http}`,
    '  option httpchk GET /readyz',
    ...servers(behind.serves, 'inter 500ms fall 2 rise 1'),
    'listen smtp',
    '  mode tcp',
    `  bind 127.0.0.1:${front.smtp}`,
    ...servers(behind.works, 'inter 500ms fall 2 rise 1'),
  ]
  return `${lines.join('\n')}\n`
}
