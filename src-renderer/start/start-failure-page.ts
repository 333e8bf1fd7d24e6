import texts from '../../resources/start-failure.json'

export type StartLanguage = keyof typeof texts

/** Puts a page without the program in the place of everything: it stands on nothing that is loaded later. */
export function showStartFailurePage(language: StartLanguage): void {
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
  for (const part of [heading, paragraph, button]) head.appendChild(part)
  const main = document.createElement('main')
  main.id = 'main'
  main.className = 'container stack'
  main.appendChild(head)
  document.title = title
  // A body of its own: a program that stands keeps what it draws, unseen, and one that comes after all finds its place.
  const place = document.createElement('div')
  place.id = 'app'
  place.appendChild(main)
  const body = document.createElement('body')
  body.appendChild(place)
  document.documentElement.replaceChild(body, document.body)
  document.documentElement.removeAttribute('data-away')
}
