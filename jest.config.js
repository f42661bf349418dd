/** Unit and contract tests. The end-to-end suites have a runner of their own: test/run.ts. */
module.exports = {
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/', '<rootDir>/test/e2e/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	transform: {
		'\\.ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	testEnvironment: 'node',
	setupFiles: ['<rootDir>/test/property-seed.ts'],
	// Half the suites wait for a server of theirs: Jest's default of one core less leaves a small machine idle.
	maxWorkers: '100%',
};
