// netlify.toml of a folder as Netlify reads it in a deploy context, as JSON.
// node netlify_config.mjs FOLDER CONTEXT
import { resolveConfig } from '@netlify/config'

const [folder, context] = process.argv.slice(2)
const { config, logs } = await resolveConfig({
  repositoryRoot: folder,
  cwd: folder,
  context,
  branch: 'main',
  // As on Netlify's own machines, without asking them anything.
  mode: 'buildbot',
  offline: true,
  buffer: true,
})
const { command, publish, environment } = config.build
console.log(JSON.stringify({ command, publish, environment, complaints: logs.stderr }))
