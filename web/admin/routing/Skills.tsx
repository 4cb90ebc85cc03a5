// Who can do what: a matrix of agents and skills, with the room each agent has. A cell is a level, changed where it stands.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Skill, StaffMember } from '../../../src/api/contract/routing.ts'
import { Button } from '../../parts/Button.tsx'
import { Empty, Skeleton } from '../../parts/Empty.tsx'
import { ScrollBox } from '../../parts/ScrollBox.tsx'
import { PresenceDot } from '../../routing/PresenceDot.tsx'
import { forgetRouting, skillsQuery, staffQuery, tryTo } from '../../routing/wire.ts'
import { call } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import { say } from '../../words/say.ts'
import admin from '../admin.module.css'
import { Page } from '../Page.tsx'
import styles from './routing.module.css'
import { SkillForm } from './SkillForm.tsx'
import { StaffForm } from './StaffForm.tsx'

export function Skills() {
  const skills = useQuery(skillsQuery).data?.items
  const staff = useQuery(staffQuery).data?.items
  const mayWrite = useMay('routing.write')
  const [editing, setEditing] = useState<Skill | 'new' | null>(null)
  const [member, setMember] = useState<StaffMember | null>(null)
  const close = () => {
    setEditing(null)
    setMember(null)
    forgetRouting()
  }
  return (
    <Page
      title={say('admin.skills')}
      changesOf="skill,agent"
      about={say('skills.about')}
      action={
        mayWrite && (
          <Button weight="primary" onClick={() => setEditing('new')}>
            {say('skills.add')}
          </Button>
        )
      }
    >
      {skills === undefined || staff === undefined ? (
        <Skeleton rows={8} height={40} />
      ) : staff.length === 0 ? (
        <Empty title={say('skills.noStaff')} />
      ) : (
        <Matrix skills={skills} staff={staff} onSkill={mayWrite ? setEditing : null} onMember={setMember} />
      )}
      {editing !== null && <SkillForm skill={editing === 'new' ? null : editing} onClose={close} />}
      {member !== null && <StaffForm member={member} others={staff ?? []} onClose={close} />}
    </Page>
  )
}

type MatrixProps = {
  skills: readonly Skill[]
  staff: readonly StaffMember[]
  onSkill: ((skill: Skill) => void) | null
  onMember: (member: StaffMember) => void
}

function Matrix({ skills, staff, onSkill, onMember }: MatrixProps) {
  return (
    <ScrollBox label={say('admin.skills')} className={admin['tableBox']}>
      <table className={`${admin['table']} ${styles['matrix']}`} data-numbers>
        <thead>
          <tr>
            <th scope="col">{say('routing.agent')}</th>
            <th scope="col">{say('skills.room')}</th>
            {skills.map((skill) => (
              <th key={skill.id} scope="col">
                {onSkill === null ? (
                  skill.name
                ) : (
                  <Button
                    weight="quiet"
                    title={say('skills.edit', { name: skill.name })}
                    onClick={() => onSkill(skill)}
                  >
                    {skill.name}
                  </Button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {staff.map((member) => (
            <tr key={member.id}>
              <th scope="row">
                <Button
                  weight="quiet"
                  title={say('staff.edit', { name: member.name })}
                  onClick={() => onMember(member)}
                >
                  <PresenceDot presence={member.presence} /> {member.name}
                </Button>
              </th>
              <td className="tabular">
                {member.used}/{member.maxUnits}
              </td>
              {skills.map((skill) => (
                <td key={skill.id}>
                  <Cell member={member} skill={skill} />
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{say('skills.holders')}</th>
            <td />
            {skills.map(({ id, holders }) => (
              <td key={id} data-bad={holders.length === 0 || undefined}>
                {holders.length === 0 ? say('skills.nobody') : holders.length}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </ScrollBox>
  )
}

function Cell({ member, skill }: { member: StaffMember; skill: Skill }) {
  const level = member.skills.find(({ skillId }) => skillId === skill.id)?.level ?? 0
  const set = (next: number) =>
    tryTo(() =>
      call('PATCH', `/staff/${member.id}`, { body: { skills: [{ skillId: skill.id, level: next }] } }),
    )
  return (
    <select
      className={styles['cell']}
      data-level={level}
      aria-label={say('skills.cell', { name: member.name, skill: skill.name })}
      value={level}
      onChange={(event) => void set(Number(event.target.value))}
    >
      {[0, 1, 2, 3, 4, 5].map((each) => (
        <option key={each} value={each}>
          {each === 0 ? '–' : each}
        </option>
      ))}
    </select>
  )
}
