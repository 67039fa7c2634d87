import Foundation
import FoundationXML
import RegexBuilder
import Testing

/// Exported pictures, written by the built program and read by other programs.
@Suite struct ExportedPictureTests {
  /// A name that would be read as markup if it were not escaped.
  private static let specialName = "a&b <c> d' --> ]]> %e #quot; {f} |"

  static let siteCommands =
    DesignListTests.names.map { "load \($0); send 10 mix" } + [
      "load secured; break lb-1.firewall; break lb-1.certificate; break server-1.monitor; send 3",
      "load balancer-pair; break lb-1; break server-2; break server-1--server-3; wait 20s; send 9 write",
      "set site service exponential; at 1s break server-1; send 500 rate 100/s",
      "set server-2 backup on; set server-1 state drain; send 5; break server-2.app slow 1500ms",
      "new; \((1...40).map { "add server s\($0)" }.joined(separator: "; ")); send 80",
      "new; add server only with files; send 2 static", "load \"\(specialName).tripod\"; send 3",
    ]

  private static let graphviz = "/usr/bin/dot"

  /// Returns the files that the program writes after the commands, and their folder.
  private func export(_ kind: String, _ commands: String) throws -> (text: String, tripod: BuiltProgram) {
    let tripod = try BuiltProgram()
    try tripod.write(Array("add server x weight 3\n".utf8), to: "\(ExportedPictureTests.specialName).tripod")
    try tripod.write(Array("\(commands)\nexport \(kind) picture\n".utf8), to: "commands")
    let outcome = try tripod.run("tripod run commands")
    #expect(outcome.status == 0 && outcome.err.isEmpty, "\(outcome.err)")
    return (try String(contentsOf: tripod.folder.appending(path: "picture"), encoding: .utf8), tripod)
  }

  @Test(arguments: siteCommands, ["svg", "timeline"])
  func `an XML parser reads the picture, and its title is the design`(
    _ commands: String, _ kind: String
  ) throws {
    let reader = ElementCollector()
    let parser = XMLParser(data: Data(try export(kind, commands).text.utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
    #expect(reader.elements.prefix(3) == ["svg", "title", "desc"])
    #expect(!reader.texts["desc", default: ""].isEmpty && !reader.texts["text", default: ""].isEmpty)
    #expect(reader.attributes["role"] == "img" && reader.attributes["aria-labelledby"] == "title desc")
    #expect(!reader.elements.contains("script") && !reader.elements.contains("image"))
    let designName = commands.firstMatch(of: /load "?([^;"]+|[^"]+)"?;/)
    if commands.contains(ExportedPictureTests.specialName) {
      #expect(reader.texts["title"]?.contains(ExportedPictureTests.specialName) == true)
    } else if let designName {
      #expect(reader.texts["title"]?.hasPrefix("www.foobar.com: \(designName.1)") == true)
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: graphviz)), arguments: siteCommands)
  func `Graphviz draws the graph without an error`(_ commands: String) throws {
    let (_, tripod) = try export("dot", commands)
    let outcome = try tripod.run("\(ExportedPictureTests.graphviz) -Tplain picture | wc -l")
    #expect(outcome.status == 0 && outcome.err.isEmpty, "\(outcome.err)")
    #expect((Int(outcome.out.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0) > 4)
  }

  // The subset of Mermaid's language that Tripod writes, parsed strictly: the first line, nodes with quoted
  // labels, and edges between declared nodes.
  @Test(arguments: siteCommands) func `each line of a flowchart is valid Mermaid`(_ commands: String)
    throws
  {
    let lines = try export("mermaid", commands).text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.prefix(2) == ["flowchart TB", "  users([users])"])
    #expect(lines.suffix(2) == ["%% Written by Tripod", ""])
    let word = /(?:[^"<>&#`]|&amp;|&lt;|&gt;|&quot;)+/
    let label = Regex {
      word
      ZeroOrMore {
        "<br/>"
        word
      }
    }
    let node = Regex {
      "  "
      Capture { /n[0-9]+/ }
      "[\""
      label
      "\"]"
    }
    let edge = Regex {
      "  "
      Capture { /users|n[0-9]+/ }
      " "
      /-->|-\.->/
      Optionally {
        "|\""
        word
        "\"|"
      }
      " "
      Capture { /n[0-9]+/ }
    }
    var declaredNodes: Set<Substring> = ["users"]
    var linkedNodes: Set<Substring> = []
    for line in lines.dropFirst(2).dropLast(2) {
      if let node = line.wholeMatch(of: node) {
        #expect(linkedNodes.isEmpty && declaredNodes.insert(node.1).inserted, "\(line)")
      } else if let edge = line.wholeMatch(of: edge) {
        #expect(
          declaredNodes.contains(edge.1) && declaredNodes.contains(edge.2) && edge.1 != edge.2, "\(line)")
        linkedNodes.formUnion([edge.1, edge.2])
      } else {
        Issue.record("Mermaid would not know: \(line)")
      }
    }
    #expect(linkedNodes.contains("users") && declaredNodes.count > 2)
  }
}

/// Collects the elements of a document.
private final class ElementCollector: NSObject, XMLParserDelegate {
  private(set) var elements: [String] = []
  /// The attributes of the outermost element.
  private(set) var attributes: [String: String] = [:]
  private(set) var texts: [String: String] = [:]
  private var open: [String] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    if elements.isEmpty { self.attributes = attributes }
    elements.append(name)
    open.append(name == "tspan" ? "text" : name)
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    texts[open.last ?? "", default: ""] += text
  }
}
