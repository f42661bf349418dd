const { join } = require('node:path');
const { transform } = require('../../jest.config.js');

/** One n8n for all files, which therefore run in one process: always with --runInBand. */
module.exports = {
	rootDir: join(__dirname, '..', '..'),
	testMatch: ['**/test/e2e/**/*.e2e.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	transform,
	globalSetup: '<rootDir>/test/e2e/global-setup.ts',
	globalTeardown: '<rootDir>/test/e2e/global-teardown.ts',
	testEnvironment: '<rootDir>/test/e2e/environment.ts',
	testTimeout: 60_000,
};
