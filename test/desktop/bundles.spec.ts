import { globSync, readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'

const OUT = new URL('../../out/', import.meta.url)

/** The text of built files, without comments and maps, by their path in `out`. */
const read = (pattern: string): [path: string, text: string][] =>
  globSync(pattern, { cwd: OUT }).map((path) => [path, withoutComments(readFileSync(new URL(path, OUT), 'utf8'))])
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')

/** What would take from a page its walls, in the words that Electron and Chromium have for it. */
const WEAKENINGS = {
  'Node in a page': /nodeIntegration(InWorker|InSubFrames)?\W{0,3}(true|!0)/,
  'no isolation': /contextIsolation\W{0,3}(false|!1)/,
  'no sandbox': /sandbox['"]?:\s*(false|!1)|no-sandbox/,
  'no web security': /webSecurity|disable-web-security/,
  'insecure content': /allowRunningInsecureContent/,
  'experimental features': /experimentalFeatures|enableBlinkFeatures|enable-blink-features/,
  webviews: /webviewTag\W{0,3}(true|!0)|allowpopups/i,
  'the remote module': /@electron\/remote|enableRemoteModule/,
  'wrong certificates': /ignore-certificate-errors|callback\(true\)|trust\(true\)/,
  'debugging from outside': /remote-debugging|inspect-brk/,
  'code as text': /executeJavaScript/,
  'pages from files': /loadFile\(|['"`]file:\/\//,
  'a scheme around the CSP': /bypassCSP|allowServiceWorkers/,
}
type Weakening = keyof typeof WEAKENINGS

const weakenings = (text: string) =>
  (Object.keys(WEAKENINGS) as Weakening[]).filter((name) => WEAKENINGS[name].test(text))

test('the program gives up none of the walls around its pages', () => {
  const found = read('{main,preload}/*.{js,cjs}').map(([path, text]) => [path, weakenings(text)])
  expect(found.filter(([, names]) => names?.length)).toEqual([])
  expect(found.length).toBeGreaterThan(3)
})

test('a wall that is given up would be found', () => {
  const weak = [
    'webPreferences: { nodeIntegration: true }',
    'webPreferences: { contextIsolation: !1 }',
    'webPreferences: { sandbox: false }',
    '{ webSecurity: false }',
    '{ allowRunningInsecureContent: true }',
    '{ experimentalFeatures: true }',
    '{ webviewTag: true }',
    'require("@electron/remote")',
    'trust(true)',
    "appendSwitch('remote-debugging-port', '1')",
    'page.executeJavaScript(x)',
    'window.loadFile(x)',
    '{ bypassCSP: true }',
  ]
  expect(weak.map((text) => weakenings(text)[0])).toEqual(Object.keys(WEAKENINGS))
})

test('every window is made with the walls', () => {
  const text = read('main/*.js')
    .map(([, text]) => text)
    .join('\n')
  const [walls = ''] = /(?:const|let|var) pagePreferences = \(\) => \(\{[\s\S]*?\}\)/.exec(text) ?? []
  for (const wall of ['contextIsolation: true', 'sandbox: true', 'nodeIntegration: false', 'webviewTag: false'])
    expect(walls).toContain(wall)
  const windows = text.match(/new (BrowserWindow|WebContentsView|BrowserView)\(/g) ?? []
  const withWalls = text.match(/webPreferences:\s*(\{\s*\.\.\.)?pagePreferences\(\)/g) ?? []
  expect(windows.length).toBeGreaterThan(0)
  expect(withWalls).toHaveLength(windows.length)
})

test('there is one way out to the system, and it asks first', () => {
  const calls = read('main/*.js').flatMap(([path, text]) =>
    (text.match(/\.openExternal\(|\.openPath\(/g) ?? []).map(() => path),
  )
  expect(calls).toEqual(['main/index.js'])
})

test('the bridge loads nothing but Electron, and hands out no event', () => {
  const [[, bridge] = ['', '']] = read('preload/index.cjs')
  expect([...bridge.matchAll(/require\(["'](.*?)["']\)/g)].map(([, name]) => name)).toEqual(['electron'])
  expect(bridge.match(/ipcRenderer\.\w+/g)?.sort()).toEqual([
    'ipcRenderer.invoke',
    'ipcRenderer.on',
    'ipcRenderer.removeListener',
  ])
})

test('the page knows nothing of Electron and loads nothing from elsewhere', () => {
  const [[, page] = ['', '']] = read('renderer/index.html')
  expect(page).not.toMatch(/https?:\/\/|<script(?![^>]*\ssrc=)|\son\w+=|<webview/)
  const scripts = read('renderer/assets/*.js')
  expect(scripts.length).toBeGreaterThan(3)
  for (const [path, text] of scripts)
    expect(text, path).not.toMatch(/(require\(|from\s*|import\(?\s*)["'`](electron["'`]|https?:)|ipcRenderer/)
})
