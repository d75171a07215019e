import { randomUUID } from 'node:crypto';
import type { Queue, ReceivedMessage } from './queue-client.ts';

interface Held {
  readonly id: string;
  readonly body: string;
  receives: number;
  visibleAt: number;
  /** Of the last time that it was received; one of an earlier time removes nothing. */
  handle: string;
}

/**
 * A queue by the rules that SQS states, for more messages than a simulator gets through: a message that was received is hidden
 * for its visibility timeout, comes again after it unless it was removed, and goes to the dead-letter queue after so many
 * times.
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html,
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html)
 */
export class MemoryQueue implements Queue {
  readonly #messages = new Map<string, Held>();
  readonly #visibilityInMilliseconds: number;
  readonly #redrive: { readonly deadLetters: MemoryQueue; readonly maximumReceives: number } | undefined;

  constructor(
    visibilityInMilliseconds: number,
    redrive?: { readonly deadLetters: MemoryQueue; readonly maximumReceives: number },
  ) {
    this.#visibilityInMilliseconds = visibilityInMilliseconds;
    this.#redrive = redrive;
  }

  async count() {
    const now = Date.now();
    const held = [...this.#messages.values()].filter(({ visibleAt }) => visibleAt > now).length;
    return { visible: this.#messages.size - held, held };
  }

  async send(bodies: readonly string[]): Promise<void> {
    for (const body of bodies) {
      const id = randomUUID();
      this.#messages.set(id, { id, body, receives: 0, visibleAt: 0, handle: '' });
    }
  }

  async receive(): Promise<readonly ReceivedMessage[]> {
    const now = Date.now();
    const received: ReceivedMessage[] = [];
    for (const message of this.#messages.values()) {
      if (received.length === 10) break;
      if (message.visibleAt > now) continue;
      if (this.#redrive !== undefined && message.receives >= this.#redrive.maximumReceives) {
        this.#messages.delete(message.id);
        await this.#redrive.deadLetters.send([message.body]);
        continue;
      }
      message.receives++;
      message.visibleAt = now + this.#visibilityInMilliseconds;
      message.handle = randomUUID();
      const Attributes = { ApproximateReceiveCount: String(message.receives) };
      received.push({
        MessageId: message.id,
        ReceiptHandle: `${message.id} ${message.handle}`,
        Body: message.body,
        Attributes,
      });
    }
    return received;
  }

  async remove(messages: readonly ReceivedMessage[]): Promise<void> {
    for (const { MessageId, ReceiptHandle } of messages) {
      if (ReceiptHandle === `${MessageId} ${this.#messages.get(MessageId)?.handle}`) this.#messages.delete(MessageId);
    }
  }
}
