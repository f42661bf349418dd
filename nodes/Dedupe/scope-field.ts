import type { INodeProperties } from 'n8n-workflow';

export const scopeField = (instance: string, workflow: string): INodeProperties => ({
	displayName: 'Scope',
	name: 'scope',
	type: 'options',
	default: 'workflow',
	options: [
		{ name: 'Instance', value: 'instance', description: instance },
		{ name: 'Workflow', value: 'workflow', description: workflow },
	],
});
