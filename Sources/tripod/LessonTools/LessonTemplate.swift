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

    Say in a few sentences what the lesson is about. Then show something:

    ```tripod demo
    tripod> send 4 static
    [..]4 of 4 answered[..]
    ...
    ```

    ## How many pages are answered?
    <!-- task: how-many -->
    The application on `server-1` crashes. One minute later, four users each request a page.

    ```tripod predict
    run: break server-1.app; wait 1m; send 4 read
    kind: number
    expect: .answered
    when 2, 0: by then, the health check has marked server-1 DOWN, and server-2 answers every request
    because: the health check goes through the application, so it fails when the application does
    recall: An application crashes. One minute later, four users each request a page. How many pages are answered on this site?
    ```

    <details><summary>Hint 1</summary>

    See what the health check requests: try `show lb-1`.
    </details>
    <details><summary>Hint 2</summary>

    Try it on a copy: `whatif break server-1.app; wait 1m; send 4 read`.
    </details>
    <details><summary>Solution</summary>

    All four: by then, the balancer has marked `server-1` DOWN.

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
    answer 2 => server-2 answers every request
    answer 0 => server-2 answers every request
    ```
    </details>

    <details><summary>Demonstration</summary>

    ```tripod present
    run: break server-1.app; send 4 read
    ask: The application on server-1 crashes. At once, four users each request a page. How many pages are answered?
    a "two": .answered == 2
    b "all four": .answered == 4
    note: Let the class vote, then press Enter.

    run: wait 1m; send 4 read
    ask: And one minute later?
    a "two": .answered == 2
    b "all four": .answered == 4
    note: What has changed in between? show lb-1 says what the health check requests.
    ```
    </details>

    """
  }
}
