/** Whose texts the top page and the frame around all screens say: they are there first, in a file of their own. */
export const FIRST_TEXTS: readonly string[] = ['announcement', 'layout', 'top']
