/// The lesson that `tripod lesson new` writes. It is small and complete, and its tests pass.
enum LessonTemplate {
  static func text(id: String) -> String {
    """
    ---
    format: 1
    id: \(id)
    title: A lesson of your own
    start: textbook
    minutes: 5
    ---
    # A lesson of your own

    Say here in a few sentences what it is about, and let the reader see something:

    ```tripod demo
    tripod> send 4 static
    [..]4 of 4 answered[..]
    ...
    ```

    ## How many pages get through?
    <!-- task: how-many -->
    The application of `server-1` crashes. Four pages are asked for a minute later.

    ```tripod predict
    run: break server-1.app; wait 1m; send 4 read
    kind: number
    expect: .answered
    when 2, 0: the health check has left server-1 out by then, and server-2 answers alone
    because: the health check goes through the application, so it noticed
    recall: An application crashes; a minute later four pages are asked for. How many are answered here?
    ```

    <details><summary>Hint 1</summary>

    What does the health check ask? `show lb-1` says it.
    </details>
    <details><summary>Hint 2</summary>

    Try it on a copy: `whatif break server-1.app; wait 1m; send 4 read`.
    </details>
    <details><summary>Solution</summary>

    All four: the balancer has left `server-1` out by then.

    ```tripod solution
    answer 4
    ```
    ```tripod variant
    set lb-1 check off
    answer 2
    ```
    </details>
    <details><summary>Common mistakes</summary>

    ```tripod wrong
    answer 2 => server-2 answers alone
    answer 0 => server-2 answers alone
    ```
    </details>

    <details><summary>Demonstration</summary>

    ```tripod present
    run: break server-1.app; send 4 read
    ask: The application of server-1 crashes, and four pages are asked for at once. How many are answered?
    a "two": .answered == 2
    b "all four": .answered == 4
    note: Let the class vote, then press Enter.

    run: wait 1m; send 4 read
    ask: And a minute later?
    a "two": .answered == 2
    b "all four": .answered == 4
    note: What has changed in between? show lb-1 says what the health check asks.
    ```
    </details>

    """
  }
}
