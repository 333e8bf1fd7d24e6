/** Loaded into the service by `npm start`: when the starter is killed without a chance to pass that on, the service ends too. */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
