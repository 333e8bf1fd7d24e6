import texts from '../resources/start-failure.json'
import type { Language } from '#contract/language'

const isWritten = (language: Language): language is keyof typeof texts => language in texts

/**
 * What is shown when not even the texts could be loaded: it stands on nothing that is loaded later, and says it in the reader's
 * language, or in Japanese and English where that is not at hand.
 */
export function showStartFailure(language: Language): void {
  const main = document.createElement('main')
  main.id = 'main'
  main.className = 'container stack'
  const languages: (keyof typeof texts)[] = isWritten(language) ? [language] : ['ja', 'en']
  for (const [place, one] of languages.entries()) {
    const { title, lead, again } = texts[one]
    const heading = document.createElement(place === 0 ? 'h1' : 'h2')
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
    const part = document.createElement('div')
    part.className = 'page-head'
    part.lang = one
    part.append(heading, paragraph, button)
    main.append(part)
    if (place === 0) document.title = title
  }
  document.getElementById('app')?.replaceChildren(main)
}
