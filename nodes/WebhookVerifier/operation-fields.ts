import type { INodeProperties } from 'n8n-workflow';

export const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: 'verify',
	options: [
		{
			name: 'Verify',
			value: 'verify',
			action: 'Verify a delivery',
			description: 'Let genuine deliveries through and turn forged or replayed ones aside',
		},
		{
			name: 'Report',
			value: 'report',
			action: 'Report the health of webhook sources',
			description:
				'One item per source: what was accepted and refused, and whether that is healthy',
		},
		{
			name: 'Respond',
			value: 'respond',
			action: 'Respond to the sender',
			description: 'Answer the sender of a delivery that the Webhook Verifier Trigger let in',
		},
	],
};

/** Fields that only these operations have. */
export const onlyFor = (
	operation: string[],
	fields: readonly INodeProperties[],
): INodeProperties[] =>
	fields.map((field) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { ...field.displayOptions?.show, operation },
		},
	}));
