// Whose remote images an agent always sees: each agent's own choice, taken back as easily. Others still see none until they ask.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { idParams } from '#api/contract/shapes.ts'
import type { WireMessage } from '#api/tickets/present-message.ts'
import { decline } from '#api/http/problem.ts'
import { withRemoteImages } from '#api/tickets/remote-images.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Principal } from '#people/can.ts'
import { addImageSender, dropImageSender, imageSendersOf } from '#people/image-sender-store.ts'
import { peopleById } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'

export function imageSenderRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'PUT',
    url: '/image-senders/:id',
    access: 'ticket.read',
    summary: "Shows the caller this person's remote images from now on",
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      const [sender] = await peopleById(db, [params.id as PersonId])
      if (sender === undefined) return decline('not-found', `There is no person ${params.id}.`)
      await addImageSender(db, principal.agentId, sender.id, desk.clock.now())
      return null
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/image-senders/:id',
    access: 'ticket.read',
    summary: "Hides this person's remote images from the caller again, until asked for",
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      await dropImageSender(db, principal.agentId, params.id)
      return null
    },
  })
}

/** Messages as this agent wants to see them. A mail that only claims to be of a sender shows nothing for it. */
export async function withChosenImages(
  desk: Desk,
  db: Db,
  { agentId }: Principal,
  messages: readonly WireMessage[],
): Promise<WireMessage[]> {
  const hiding = messages.filter(
    ({ remoteImages, senderCheck }) => remoteImages > 0 && senderCheck !== 'failed',
  )
  const senders = hiding.flatMap(({ author }) => (author === null ? [] : (author.id as PersonId)))
  const chosen = await imageSendersOf(db, agentId, [...new Set(senders)])
  return messages.map((message) =>
    hiding.includes(message) && chosen.has(message.author?.id ?? 0)
      ? { ...showingImages(desk, message), imagesChosen: true }
      : message,
  )
}

/** The message with its remote images, which come through this server. */
export function showingImages(desk: Desk, message: WireMessage): WireMessage {
  const { html, frameUrl } = message
  if (html === null) return message
  return {
    ...message,
    html: withRemoteImages(desk, html),
    frameUrl: frameUrl === null ? null : `${frameUrl}?remoteImages=show`,
    remoteImages: 0,
  }
}
