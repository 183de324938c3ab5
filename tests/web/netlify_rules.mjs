// `_headers` and `_redirects` of a built site as Netlify reads them, a line a rule.
// node netlify_rules.mjs FOLDER
import { join } from 'node:path'

import { parseAllHeaders } from '@netlify/headers-parser'
import { parseAllRedirects } from '@netlify/redirect-parser'

const [folder] = process.argv.slice(2)
const { headers, errors } = await parseAllHeaders({
  headersFiles: [join(folder, '_headers')],
  configHeaders: [],
  minimal: true,
})
for (const { for: path, values } of headers) {
  for (const [name, value] of Object.entries(values)) console.log(`${path} ${name}: ${value}`)
}
const redirects = await parseAllRedirects({
  redirectsFiles: [join(folder, '_redirects')],
  configRedirects: [],
  minimal: true,
})
for (const { from, to, status, force } of redirects.redirects) {
  console.log(`${from} -> ${to} ${status}${force ? ' whatever stands there' : ''}`)
}
for (const error of [...errors, ...redirects.errors]) console.log(`error: ${error.message}`)
