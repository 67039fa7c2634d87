// The model of the benchmark's part (a), written in C for this one site: two applications with weights 3 and
// 2, then a replica for reads or the primary for writes. The comparison shows how much speed Tripod's general
// model costs. The `tripod` program does not contain it.
//
// A component is a FIFO queue for several workers. A worker serves for an exponentially distributed time.
// Events are in a binary heap ordered by time. Requests are in a pool, and queues link them by index.

#include "reference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { S1, S2, PRIMARY, REPLICA, COMPONENTS };
enum { NONE = -1, ARRIVAL = -1 };
/// One arrival, and one event for each worker.
enum { MOST_EVENTS = 1 + 4 + 4 + 2 + 4 };
/// Latencies are counted in classes, 2^BITS for each power of two. So a class is less than 1 % wide.
enum { BITS = 7, CLASSES = (64 - BITS + 1) << BITS };

struct request {
  int64_t started;
  /// The next request in the queue, or in the list of free requests.
  int32_t next;
  /// PRIMARY or REPLICA.
  int32_t database;
};

struct component {
  double mean;
  int32_t idle;
  int32_t head;
  int32_t tail;
};

struct event {
  int64_t time;
  /// The request whose service ends, or ARRIVAL.
  int32_t request;
  int32_t component;
};

struct model {
  uint64_t random;
  int64_t now;
  int32_t events;
  struct event heap[MOST_EVENTS];
  struct component components[COMPONENTS];
  struct request *requests;
  int32_t capacity;
  int32_t free;
  int64_t sum;
  int64_t answered;
  int64_t classes[CLASSES];
};

// Returns the next bits of SplitMix64.
static inline uint64_t random_bits(struct model *m) {
  uint64_t z = m->random += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

static inline int64_t exponential(struct model *m, double mean) {
  return (int64_t)(-mean * log(((double)(random_bits(m) >> 11) + 0.5) * 0x1p-53));
}

// ---- Events

static inline void sift_down(struct model *m, struct event e) {
  struct event *heap = m->heap;
  int32_t n = m->events, i = 0;
  for (int32_t child; (child = 2 * i + 1) < n; i = child) {
    if (child + 1 < n && heap[child + 1].time < heap[child].time) child++;
    if (heap[child].time >= e.time) break;
    heap[i] = heap[child];
  }
  heap[i] = e;
}

/// Replaces the first event by one that it causes, which is faster than removing and pushing.
static inline void replace_first(struct model *m, struct event e) { sift_down(m, e); }

static inline void remove_first(struct model *m) {
  struct event last = m->heap[--m->events];
  if (m->events > 0) sift_down(m, last);
}

static inline void push(struct model *m, struct event e) {
  int32_t i = m->events++;
  while (i > 0) {
    int32_t parent = (i - 1) / 2;
    if (m->heap[parent].time <= e.time) break;
    m->heap[i] = m->heap[parent];
    i = parent;
  }
  m->heap[i] = e;
}

// ---- Requests

static void grow(struct model *m) {
  int32_t old = m->capacity;
  m->capacity = old ? 2 * old : 1024;
  m->requests = realloc(m->requests, (size_t)m->capacity * sizeof *m->requests);
  if (!m->requests) abort();
  for (int32_t i = m->capacity; i-- > old;) {
    m->requests[i].next = m->free;
    m->free = i;
  }
}

static inline int32_t new_request(struct model *m) {
  if (m->free == NONE) grow(m);
  int32_t r = m->free;
  m->free = m->requests[r].next;
  m->requests[r].started = m->now;
  m->requests[r].database = (random_bits(m) >> 32) * 10 >> 32 ? REPLICA : PRIMARY;
  return r;
}

static inline void finish_request(struct model *m, int32_t r) {
  int64_t latency = m->now - m->requests[r].started;
  m->requests[r].next = m->free;
  m->free = r;
  m->sum += latency;
  m->answered++;
  int class_index = (int)latency;
  if (latency >> BITS) {
    int shift = 63 - BITS - __builtin_clzll((uint64_t)latency);
    class_index = (shift + 1) << BITS | (int)(latency >> shift & ((1 << BITS) - 1));
  }
  m->classes[class_index]++;
}

// ---- Components

static inline struct event service(struct model *m, int32_t s, int32_t r) {
  return (struct event){m->now + exponential(m, m->components[s].mean), r, s};
}

static inline void enter_component(struct model *m, int32_t s, int32_t r) {
  struct component *component = &m->components[s];
  if (component->idle > 0) {
    component->idle--;
    push(m, service(m, s, r));
    return;
  }
  m->requests[r].next = NONE;
  if (component->head == NONE) {
    component->head = r;
  } else {
    m->requests[component->tail].next = r;
  }
  component->tail = r;
}

/// Ends the service of the first event. Its worker takes the next request.
static inline void leave_component(struct model *m, int32_t s) {
  struct component *component = &m->components[s];
  int32_t r = component->head;
  if (r == NONE) {
    component->idle++;
    remove_first(m);
  } else {
    component->head = m->requests[r].next;
    replace_first(m, service(m, s, r));
  }
}

// ---- The run

static int64_t percentile(const struct model *m, int64_t percent) {
  int64_t rank = (m->answered * percent + 99) / 100, seen = 0;
  for (int class_index = 0; class_index < CLASSES; class_index++) {
    seen += m->classes[class_index];
    if (seen < rank) continue;
    if (class_index < 2 << BITS) return class_index;
    int shift = (class_index >> BITS) - 1;
    int64_t low = (int64_t)(1 << BITS | (class_index & ((1 << BITS) - 1))) << shift;
    return low + ((int64_t)1 << shift) / 2;
  }
  return 0;
}

struct reference_result reference_run(int64_t requests, uint64_t seed) {
  // HAProxy's order for the weights 3 and 2.
  static const int8_t server_order[] = {S1, S1, S2, S1, S2};
  static const double mean_interval = 1e9 / 533.33;
  struct model *m = calloc(1, sizeof *m);
  if (!m) abort();
  m->random = seed;
  m->free = NONE;
  m->components[S1] = m->components[S2] = (struct component){10e6, 4, NONE, NONE};
  m->components[PRIMARY] = (struct component){18.75e6, 2, NONE, NONE};
  m->components[REPLICA] = (struct component){6.25e6, 4, NONE, NONE};

  int64_t sent = 0;
  int next_turn = 0;
  if (requests > 0) push(m, (struct event){0, ARRIVAL, NONE});
  while (m->events > 0) {
    struct event e = m->heap[0];
    m->now = e.time;
    if (e.request == ARRIVAL) {
      if (++sent < requests) {
        replace_first(m, (struct event){m->now + exponential(m, mean_interval), ARRIVAL, NONE});
      } else {
        remove_first(m);
      }
      enter_component(m, server_order[next_turn], new_request(m));
      next_turn = next_turn == 4 ? 0 : next_turn + 1;
    } else {
      leave_component(m, e.component);
      if (e.component < PRIMARY) {
        enter_component(m, m->requests[e.request].database, e.request);
      } else {
        finish_request(m, e.request);
      }
    }
  }

  struct reference_result result = {
      m->answered, m->answered ? (double)m->sum / (double)m->answered : 0, percentile(m, 99)};
  free(m->requests);
  free(m);
  return result;
}
