#ifndef TRIPOD_REFERENCE_H
#define TRIPOD_REFERENCE_H

#include <stdint.h>

/// The result of a run of the model.
struct reference_result {
  int64_t answered;
  /// The mean latency in nanoseconds.
  double mean;
  int64_t p99;
};

/// Sends requests through the model of the benchmark's part (a), written by hand for this one site.
struct reference_result reference_run(int64_t requests, uint64_t seed);

#endif
