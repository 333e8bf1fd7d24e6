import type { Page } from '@playwright/test'

/**
 * From now on every page is translated as Chromium's browsers do it: each text that may be translated gives way to elements with the
 * translation, and what comes later is translated as it comes. The translation stands between ‹ ›, so that a test sees what was said last.
 */
export async function translateAll(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const LEFT_ALONE = '[translate=no], .notranslate, script, style, textarea, title, noscript'
    const translate = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
      const texts: Text[] = []
      for (let node: Node | null = walker.currentNode; node; node = walker.nextNode())
        if (node instanceof Text) texts.push(node)
      for (const text of texts) {
        const { parentElement } = text
        if (!parentElement || !/\S/.test(text.data) || /^‹/.test(text.data) || parentElement.closest(LEFT_ALONE))
          continue
        const [outer, inner] = [document.createElement('font'), document.createElement('font')]
        inner.textContent = `‹${text.data}›`
        outer.append(inner)
        text.replaceWith(outer)
      }
    }
    addEventListener('DOMContentLoaded', () => {
      const watch = new MutationObserver((records) => {
        for (const { target, addedNodes } of records)
          for (const node of addedNodes.length ? addedNodes : [target]) translate(node)
      })
      watch.observe(document.body, { subtree: true, childList: true, characterData: true })
      translate(document.body)
    })
  })
}

/** What a reader of a translated page sees of an element, without the marks of the translation. */
export const plain = (text: string | null): string => (text ?? '').replace(/[‹›]/g, '').replace(/\s+/g, ' ').trim()
