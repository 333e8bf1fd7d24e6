/**
 * Readings are written in a catalogue as `{在留|ざいりゅう}`. Inside the program they travel as characters of the private
 * use area, because the message format has its own use for braces and bars.
 */
const OPEN = '\uE000'
const READING = '\uE001'
const CLOSE = '\uE002'

const written = /\{([^{}|]+)\|([^{}|]+)\}/g
const carried = new RegExp(`${OPEN}([^${READING}]*)${READING}([^${CLOSE}]*)${CLOSE}`, 'g')

/** A message as written in a catalogue, ready for the message format: readings carried aside, `@` an ordinary character. */
export function prepareMessage(message: string): string {
  return message.replace(written, `${OPEN}$1${READING}$2${CLOSE}`).replaceAll('@', "{'@'}")
}

/** The text without its readings; what names, titles and screen readers get. */
export function withoutReadings(text: string): string {
  return text.replace(carried, '$1')
}
