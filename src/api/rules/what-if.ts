// What would have happened to this ticket: from any ticket, under any two versions of the rules.
import type { FastifyInstance } from 'fastify'
import { whatIf, whatIfQuery } from '#api/contract/backtests.ts'
import { decline } from '#api/http/problem.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { route } from '#api/route.ts'
import { rulesOf } from '#api/rules/candidate.ts'
import { presentDiff, presentTimeline, titlesOf } from '#api/rules/present-backtest.ts'
import type { Desk } from '#desk/desk.ts'
import { whatIf as liveAgain } from '#desk/past/what-if.ts'

const WHY_NOT = {
  imported_without_history: 'This ticket was imported without its history: there is nothing to live again.',
  history_with_gaps: 'The history of this ticket has gaps: it cannot be lived again.',
}

export function whatIfRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/what-if',
    access: 'ticket.read',
    summary: 'What would have happened to a ticket under some rules, beside what happened under others',
    params: ticketParams,
    query: whatIfQuery,
    answer: whatIf,
    handler: async ({ db, params, query, principal }) => {
      const { ticket, subject } = await ticketFor(db, params.id, principal, 'ticket.read')
      const baseline = (await rulesOf(db, query.baseline)).book
      const candidate = (await rulesOf(db, query.candidate)).book
      const found = await liveAgain(desk, db, ticket.id, { baseline, candidate })
      if (typeof found === 'string') return decline('refused', WHY_NOT[found], { refusal: found })
      const { directory } = await desk.setup.now()
      const titles = titlesOf([baseline, candidate])
      const showing = { titles, directory, mayRead: true, triedQueue: null }
      const { comparison, marks, fidelity } = found.verdict
      return {
        ...presentDiff({ ticketId: ticket.id, subject, verdict: { ...comparison, marks } }, showing),
        baselineVersion: baseline.version,
        candidateVersion: candidate.version,
        fidelity: { reproduced: fidelity.reproduced, cause: fidelity.cause },
        baseline: presentTimeline(found.baseline, showing),
        candidate: presentTimeline(found.candidate, showing),
      }
    },
  })
}
