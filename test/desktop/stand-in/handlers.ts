import type { WebContents } from './web-contents'

/** What the program has asked to be called for. */
export const handlers = {
  schemes: new Map<string, (request: Request) => Response | Promise<Response>>(),
  calls: new Map<string, (event: object, ...args: unknown[]) => unknown>(),
  permission: (
    _page: WebContents,
    _permission: string,
    answer: (granted: boolean) => void,
    _details: { isMainFrame: boolean },
  ): void => {
    answer(true)
  },
}
