import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { isRefusal } from '../kernel/refusal.ts';
import { makeLane } from './lane.ts';

/** A lane that forgets somebody would otherwise keep the tests waiting for ever. */
const soon = { timeout: 5_000 };

/** Tasks that end when told to, and the order in which they began. */
function makeTasks() {
  const begun: number[] = [];
  const ends: ((failure?: Error) => void)[] = [];
  const task = (number: number) => () => {
    begun.push(number);
    return new Promise<number>((resolve, reject) => {
      ends[number] = (failure) => (failure ? reject(failure) : resolve(number));
    });
  };
  return { begun, task, end: (number: number, failure?: Error) => ends[number]?.(failure) };
}

test(
  'as many tasks as allowed run at once, the others follow in the order they came',
  soon,
  async () => {
    const { begun, task, end } = makeTasks();
    const run = makeLane({ running: 2, waiting: 10 });
    const answers = [0, 1, 2, 3, 4].map((number) => run(task(number)));
    assert.deepEqual(begun, [0, 1]);
    end(1);
    await turn();
    assert.deepEqual(begun, [0, 1, 2]);
    end(0);
    end(2);
    await turn();
    assert.deepEqual(begun, [0, 1, 2, 3, 4]);
    end(3);
    end(4);
    assert.deepEqual(await Promise.all(answers), [0, 1, 2, 3, 4]);
  },
);

test('a task that finds room begins at once', soon, () => {
  const { begun, task } = makeTasks();
  void makeLane({ running: 1, waiting: 0 })(task(0));
  assert.deepEqual(begun, [0]);
});

test(
  'who comes when the line is full is turned away with 503, and may come again later',
  soon,
  async () => {
    const { begun, task, end } = makeTasks();
    const run = makeLane({ running: 1, waiting: 1 });
    const accepted = [run(task(0)), run(task(1))];
    await assert.rejects(run(task(2)), (error) => {
      return isRefusal(error, 'too_busy') && error.status === 503;
    });
    end(0);
    await turn();
    accepted.push(run(task(3)));
    end(1);
    await turn();
    end(3);
    assert.deepEqual(await Promise.all(accepted), [0, 1, 3]);
    assert.deepEqual(begun, [0, 1, 3]);
  },
);

test(
  'a task that fails, even before its first await, gives its place to the next',
  soon,
  async () => {
    const { begun, task, end } = makeTasks();
    const run = makeLane({ running: 1, waiting: 10 });
    const first = run(task(0));
    const second = run(() => {
      throw new Error('at once');
    });
    const third = run(task(2));
    end(0, new Error('later'));
    await assert.rejects(first, /later/);
    await assert.rejects(second, /at once/);
    await turn();
    assert.deepEqual(begun, [0, 2]);
    end(2);
    assert.equal(await third, 2);
  },
);

test('nobody slips in between the end of a task and the next in line', soon, async () => {
  const { begun, task, end } = makeTasks();
  const run = makeLane({ running: 1, waiting: 10 });
  const first = run(task(0));
  const second = run(task(1));
  const late = first.then(() => run(task(2)));
  end(0);
  await turn();
  assert.deepEqual(begun, [0, 1]);
  end(1);
  await turn();
  end(2);
  assert.deepEqual(await Promise.all([second, late]), [1, 2]);
});
