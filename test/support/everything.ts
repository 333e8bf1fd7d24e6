/** `npm run test:all`: what `npm test` takes a fair selection of is looked at in full. */
export const EVERYTHING = process.env['ZAIRYU_TEST_ALL'] === '1'
