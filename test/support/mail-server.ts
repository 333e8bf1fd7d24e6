import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { SMTPConnection } from 'smtp-server/lib/smtp-connection.js'

/** `smtp-server` greets 100 ms after a client has connected, to catch those that speak first. No test is about that, and every connection would wait for it. */
SMTPConnection.prototype.init = function (this: SMTPConnection) {
  this._setListeners(() => setImmediate(() => this.connectionReady()))
}

/** What a mail server is told to answer: null takes it. */
export type Answer = { responseCode: number; message: string } | null

export interface Letter {
  raw: string
  mail: ParsedMail
  to: string[]
}

/** A real SMTP server on loopback. */
export interface MailServer {
  url: string
  /** Every content that arrived whole, also one that was then refused, as it came over the wire. */
  letters: Letter[]
  /** Answers for the next senders, recipients and contents, in order; after these everything is taken. */
  senderAnswers: Answer[]
  recipientAnswers: Answer[]
  contentAnswers: Answer[]
  /** Everything that came over the wire in the clear. */
  heard(): string
  /** The first letter (from `from` on) that fits, as soon as it has arrived; fails after 20 seconds. */
  letter(fits: (letter: Letter) => boolean, what: string): Promise<Letter>
  close(): Promise<void>
}

const PATIENCE_MS = 20_000

const refusal = (answer: Answer | undefined) =>
  answer ? Object.assign(new Error(answer.message), { responseCode: answer.responseCode }) : null

export interface MailServerOptions {
  /** It asks for a password and accepts none but `login`. */
  locked?: boolean
  login?: { user: string; password: string }
  port?: number
  /** With `secure` encrypted from the first byte on; else STARTTLS is offered. */
  tls?: { key: string; cert: string; secure?: boolean }
}

/** Opens a mail server. The caller closes it. */
export async function openMailServer({
  login,
  locked = login !== undefined,
  port = 0,
  tls,
}: MailServerOptions = {}): Promise<MailServer> {
  const letters: Letter[] = []
  const waiting = new Set<() => void>()
  const senderAnswers: Answer[] = []
  const recipientAnswers: Answer[] = []
  const contentAnswers: Answer[] = []
  let heard = ''
  const server = new SMTPServer({
    authOptional: !locked,
    ...(tls && { key: tls.key, cert: tls.cert, secure: tls.secure ?? false }),
    disabledCommands: [...(tls ? [] : ['STARTTLS']), ...(locked ? [] : ['AUTH'])],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    // Otherwise it refuses the quoted local parts of RFC 5321.
    lenientAddressParsing: true,
    onAuth: ({ username, password }, _session, done) => {
      if (login && username === login.user && password === login.password) done(null, { user: username })
      else done(refusal({ responseCode: 535, message: '5.7.8 wrong password of user' }))
    },
    onMailFrom: (_address, _session, done) => done(refusal(senderAnswers.shift())),
    onRcptTo: (_address, _session, done) => done(refusal(recipientAnswers.shift())),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8')
        simpleParser(raw).then((mail) => {
          letters.push({ raw, mail, to: session.envelope.rcptTo.map(({ address }) => address) })
          for (const look of waiting) look()
          done(refusal(contentAnswers.shift()))
        }, done)
      })
    },
  })
  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => {
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  let closed = false
  return {
    url: `smtp${tls?.secure ? 's' : ''}://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    letters,
    senderAnswers,
    recipientAnswers,
    contentAnswers,
    heard: () => heard,
    letter: (fits, what) =>
      new Promise((resolve, reject) => {
        const patience = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`no letter came: ${what}; there are: ${letters.map(({ mail }) => mail.subject).join(', ')}`))
        }, PATIENCE_MS)
        const look = () => {
          const found = letters.find(fits)
          if (!found) return
          clearTimeout(patience)
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
    close: async () => {
      if (closed) return
      closed = true
      await new Promise<void>((resolve) => server.close(resolve))
    },
  }
}

/** Stands before a mail server and keeps what is said to it, to the byte: the server itself shows addresses as people read them. */
export async function listenIn(url: string): Promise<{ url: string; said(): string; close(): void }> {
  const connections: Buffer[][] = []
  const relay = createServer((client) => {
    const chunks: Buffer[] = []
    connections.push(chunks)
    const server = connect(Number(new URL(url).port), '127.0.0.1')
    client.on('data', (chunk) => chunks.push(chunk))
    client.pipe(server).pipe(client)
    for (const end of [client, server]) end.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    said: () => connections.map((chunks) => Buffer.concat(chunks).toString('utf8')).join('\n'),
    close: () => void relay.close(),
  }
}
