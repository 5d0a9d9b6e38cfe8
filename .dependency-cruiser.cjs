// Who may import whom (CONTRIBUTING, "Rooms"). Broken rules fail `npm test`.
const features =
  '^server/(access|api-keys|companies|languages|letters|links|mail|menus|notices|partners|passwords|preferences|records|sign-in|site|tenants|users)/';

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'kernel-stands-alone',
      severity: 'error',
      from: { path: '^server/kernel/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(server|src)/', pathNot: '^server/kernel/' },
    },
    {
      name: 'store-takes-kernel-only',
      severity: 'error',
      from: { path: '^server/store/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(server|src)/', pathNot: '^server/(kernel|store)/' },
    },
    {
      name: 'models-know-no-feature',
      severity: 'error',
      from: { path: '^server/models/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(server|src)/', pathNot: '^server/(kernel|store|models)/' },
    },
    {
      name: 'features-know-no-face',
      severity: 'error',
      from: { path: features, pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(server/(http|commands|rpc|oidc|scim)/|server/(app|catalogue|cli|main|dev|start)[.-]|src/)',
      },
    },
    {
      name: 'the-catalogue-is-read-by-the-application',
      severity: 'error',
      from: {
        path: '^(server|src)/',
        pathNot: '(^server/app\\.ts$|^server/(http|commands|rpc|oidc|scim)/|\\.test\\.ts$)',
      },
      to: { path: '^server/catalogue\\.ts$' },
    },
    {
      name: 'faces-do-not-meet',
      severity: 'error',
      from: { path: '^server/(commands|rpc|oidc|scim)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^server/(http|rpc|oidc|scim)/', pathNot: '^server/$1/' },
    },
    {
      name: 'sql-stays-in-its-folder',
      severity: 'error',
      from: { path: '^(server/[^/]+|src|tests)/' },
      to: { path: '\\.store\\.ts$', pathNot: '^$1/' },
    },
    {
      name: 'kysely-only-for-sql',
      severity: 'error',
      from: {
        path: '^(server|src)/',
        pathNot: '(^server/(store|models)/|\\.(store|model)\\.ts$|\\.test\\.ts$)',
      },
      to: { path: 'node_modules/kysely' },
    },
    {
      name: 'server-knows-no-page',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^src/' },
    },
    {
      name: 'pages-take-types-only',
      severity: 'error',
      from: {
        path: '^src/(lib/(?!server/)|.*\\.svelte$)',
        pathNot: '\\.(server|test)\\.ts$',
      },
      to: { path: '^server/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'routes-hold-no-sql',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '(node_modules/(kysely|pg)/|\\.store\\.ts$)' },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: { path: '^(server|tests|locales)/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-drawers',
      severity: 'error',
      from: {},
      to: { path: '^(server|src)/.*(utils?|helpers?|common|misc|manager|service)(\\.ts|/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|\\.svelte-kit|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'svelte'],
      extensions: ['.ts', '.js', '.json', '.svelte'],
    },
  },
};
