// Loaded into the built program before it starts: fails in the way that its name says, when it is told to.
process.on('SIGUSR2', () => {
  const error = new TypeError('NGUYEN VAN AN <an@example.jp>')
  if (process.env.THROW_LATER === 'rejection') void Promise.reject(error)
  else throw error
})
