/** Of subscriptions whose messages are delivered, or shown in the terminal. */
export const PROTOCOLS = ['email', 'email-json', 'http', 'https', 'lambda', 'sms', 'sqs'];
