import js from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/** nodes -> vendors -> runtime -> domain. A layer sees itself and what is below it. */
const LAYERS = ['domain', 'runtime', 'vendors', 'nodes'];
const folder = (layer) => (layer === 'nodes' ? 'nodes' : `lib/${layer}`);

const N8N = {
	group: ['n8n-workflow', 'n8n-core'],
	message: 'Only nodes/ and credentials/ know n8n.',
};
const OUTSIDE = {
	group: [
		'axios',
		'ioredis',
		'node:fs*',
		'node:http*',
		'node:net',
		'node:tls',
		'node:sqlite',
		'undici',
	],
	message: 'Only lib/runtime/ leaves the process.',
};
const TOOLS = {
	group: ['**/sandbox/**', '**/bench/**', '**/test/**'],
	message: 'The package never imports its sandbox, bench or tests.',
};

const layer = (name) => ({
	files: [`${folder(name)}/**/*.ts`],
	rules: {
		'no-restricted-imports': [
			'error',
			{
				patterns: [
					...LAYERS.slice(LAYERS.indexOf(name) + 1).map((above) => ({
						group: [`**/${above}/**`, `**/${above}`],
						message: `lib/${name} may not look up: nodes -> vendors -> runtime -> domain.`,
					})),
					TOOLS,
					...(name === 'nodes' ? [] : [N8N]),
					...(name === 'runtime' ? [] : [OUTSIDE]),
				],
			},
		],
	},
});

/** Vendors never meet: what two of them share belongs to the kind's own folder or further down. */
const KINDS = ['signatures', 'sources', 'enrichment', 'crm', 'calendars'];
const strangers = (kind) => ({
	files: [`lib/vendors/${kind}/**/*.ts`],
	rules: {
		'no-restricted-imports': [
			'error',
			{
				patterns: [
					...KINDS.filter((other) => other !== kind).map((other) => ({
						group: [`**/${other}/**`],
						message: `A ${kind} vendor may not use a ${other} vendor.`,
					})),
					{ group: ['**/nodes/**'], message: 'lib/vendors may not look up.' },
					TOOLS,
					N8N,
					OUTSIDE,
				],
			},
		],
	},
});

const CLOCK =
	'The clock is an argument: a decision must give the same answer in a test and in a replay.';
const PURE = {
	files: ['lib/domain/**/*.ts'],
	rules: {
		'no-restricted-globals': [
			'error',
			'fetch',
			'process',
			'setTimeout',
			'setInterval',
			'console',
			'performance',
		],
		'no-restricted-properties': [
			'error',
			{ object: 'Date', property: 'now', message: CLOCK },
			{ object: 'DateTime', property: 'now', message: CLOCK },
			{ object: 'DateTime', property: 'utc', message: CLOCK },
			{ object: 'DateTime', property: 'local', message: CLOCK },
			{ object: 'Math', property: 'random', message: 'Chance is an argument.' },
		],
		'no-restricted-syntax': [
			'error',
			{ selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
		],
	},
};

const communityRules = n8nCommunityNodesPlugin.configs.recommendedWithoutN8nCloudSupport.rules;

export default tseslint.config(
	{ ignores: ['dist/**', 'node_modules/**', 'coverage/**', 'test/vectors/**'] },
	{
		files: ['**/*.{js,mjs}'],
		...js.configs.recommended,
		languageOptions: {
			globals: {
				AbortSignal: 'readonly',
				Buffer: 'readonly',
				URL: 'readonly',
				__dirname: 'readonly',
				clearTimeout: 'readonly',
				console: 'readonly',
				exports: 'writable',
				module: 'writable',
				process: 'readonly',
				require: 'readonly',
				setTimeout: 'readonly',
			},
		},
	},
	...tseslint.configs.strict.map((config) => ({ ...config, files: ['**/*.ts'] })),
	{
		files: ['**/*.ts'],
		rules: {
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			// `(node): Store => ...` with an unused, underscored argument is how a signature is kept.
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
			'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
			eqeqeq: 'error',
		},
	},
	{
		files: ['lib/**/*.ts', 'nodes/**/*.ts', 'credentials/**/*.ts'],
		rules: { 'no-console': 'error', '@typescript-eslint/no-explicit-any': 'error' },
	},
	...LAYERS.filter((name) => name !== 'vendors').map(layer),
	...KINDS.map(strangers),
	PURE,
	{
		// node:sqlite does not exist on the Node 20 that runs our tooling, so it is required when a store is opened.
		files: ['lib/runtime/store/open.ts'],
		rules: { '@typescript-eslint/no-require-imports': 'off' },
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'package.json'],
		plugins: { '@n8n/community-nodes': n8nCommunityNodesPlugin },
		rules: {
			...communityRules,
			// n8n's own credential types are reused on purpose: users keep the connections that they have.
			'@n8n/community-nodes/no-credential-reuse': 'off',
			'@n8n/community-nodes/valid-credential-references': 'off',
			// Self-hosted n8n installs pure JavaScript dependencies; hand-made phone, zone and schema code would be worse.
			'@n8n/community-nodes/no-runtime-dependencies': 'off',
		},
	},
	{
		files: ['package.json'],
		languageOptions: {
			parser: tseslint.parser,
			parserOptions: { extraFileExtensions: ['.json'] },
		},
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: n8nNodesBase.configs.community.rules,
	},
	{
		files: ['nodes/**/*.node.ts', 'nodes/**/*fields.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			// The five below are off in n8n's own repository too: they predate nodes with several named outputs.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
			// n8n's own types `hubspotAppToken`, `redis` and others do not end in `Api`.
			'n8n-nodes-base/node-class-description-credentials-name-unsuffixed': 'off',
			// The try-catch stands once, in nodes/shared/each-item.ts.
			'n8n-nodes-base/node-execute-block-missing-continue-on-fail': 'off',
		},
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			// Off in n8n's own repository too: the rule wants slugs of n8n's own documentation.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
		},
	},
	{
		files: ['test/**/*.ts', 'sandbox/**/*.ts', 'bench/**/*.ts'],
		rules: {
			// Tests and tools read what a program wrote; an assertion that fails there is an error as it should be.
			'@typescript-eslint/no-non-null-assertion': 'off',
			'@typescript-eslint/no-invalid-void-type': 'off',
		},
	},
	{
		// It loads classes by the file names that package.json lists, as n8n does, and the plain-JavaScript gulpfile.
		files: ['test/package/**/*.ts'],
		rules: { '@typescript-eslint/no-require-imports': 'off' },
	},
);
