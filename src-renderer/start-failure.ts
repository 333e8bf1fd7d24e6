import texts from '../resources/start-failure.json'
import type { Language } from '#contract/language'

/**
 * What is shown when not even the texts, or the screen that tells of failures, could be loaded: it stands on nothing that is loaded later, and says it in the reader's
 * language.
 */
export function showStartFailure(language: Language): void {
  const { title, lead, again } = texts[language]
  const heading = document.createElement('h1')
  heading.textContent = title
  const paragraph = document.createElement('p')
  paragraph.className = 'lead'
  paragraph.textContent = lead
  const button = document.createElement('button')
  button.className = 'button'
  button.type = 'button'
  button.textContent = again
  button.addEventListener('click', () => {
    location.reload()
  })
  const head = document.createElement('div')
  head.className = 'page-head'
  head.lang = language
  head.append(heading, paragraph, button)
  const main = document.createElement('main')
  main.id = 'main'
  main.className = 'container stack'
  main.append(head)
  document.title = title
  document.getElementById('app')?.replaceChildren(main)
}
