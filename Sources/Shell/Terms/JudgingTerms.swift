extension Term {
  static let judging: [Term] = [
    Term(
      "verdict", ["holds", "partly", "refuted"],
      """
      The result of testing a claim on the site. A claim holds if it is true for every kind of request, \
      and is refuted if it is true for none. Otherwise it is partly true, and Tripod names the kinds.
      """,
      example: "claims",
      confused: "with a fact, which is true or false. Only a claim can be partly true.",
      see: ["evidence", "SPOF"]),
    Term(
      "evidence", ["proof", "witness"],
      """
      The run that shows a result: the commands, and what users saw. Each verdict, each SPOF and each \
      answer in a lesson has one. Type the commands to repeat the run.
      """,
      example: "assert survives(break(server-1), read)",
      confused: "with an explanation, which says why. Evidence shows only that it happens.",
      see: ["verdict"]),
  ]
}
