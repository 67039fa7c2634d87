/// Everyday phrases, and the commands that they mean.
///
/// A pattern is a list of words. `a|b` is one of two words, `[a|b]` may be missing, and a word in capitals is a
/// slot that stands for a name, a number or a term (`PhraseReader.Slot`). In the command, the slot becomes what
/// was typed in its place. Articles, `please` and a question mark at the end are removed before the comparison.
enum PhraseBook {
  typealias Phrase = (pattern: String, command: String)

  /// Phrases that have only one meaning, so their commands may run at once. The first phrase that fits counts.
  static let certain: [Phrase] =
    questions + lookingAround + failures + balancing + building + traffic + others

  /// Phrases whose meaning needs a choice, so their commands are only offered.
  static let uncertain: [Phrase] = [
    ("add nginx|app|application|files|php", "add server server-3 with nginx,app,files"),
    ("add [key-value] cache|redis|memcached|store", "add server store-1 with store"),
    ("add NUMBER servers|server", "add server"),
    ("scale up", "set server-1.app workers 8"),
    ("restart|reboot TARGET", "repair TARGET"),
    ("systemctl|service restart|reload|start TARGET", "repair TARGET"),
    ("unplug TARGET", "break TARGET cut"),
    ("ddos|flood [site]", "attack flood rate 5000/s"),
    ("scan|nmap [ports]", "attack scan"), ("sniff|tcpdump|wireshark [network]", "attack sniff"),
    ("hello|hi|hey", "help"),
    ("[sudo] kill|stop|shutdown|poweroff|halt|crash|pkill|killall ANYTARGET", "break ANYTARGET"),
    ("[sudo] systemctl|service stop|kill ANYTARGET", "break ANYTARGET"),
    ("[sudo] service ANYTARGET stop", "break ANYTARGET"),
    ("make it|site slow|slower", "break server-1.app slow"),
    ("is it|site up|working|ok|running", "send 4"), ("does it|site work", "send 4"),
    ("test|try [it]", "send 4"),
  ]

  private static let questions: [Phrase] = [
    ("how can|could|should|would|do|does i|we|you|one VERB REST", "help VERB"),
    ("how can|could|should|would|do|does i|we|you|one VERB", "help VERB"),
    ("how to VERB REST", "help VERB"), ("how to VERB", "help VERB"),
    ("how does|do TERM work", "explain TERM"), ("tell me about TERM", "explain TERM"),
    ("what is state|status|condition|weight [of] TARGET", "show TARGET"),
    ("what is [current] mode", "mode"), ("what is [current] algorithm", "algorithm"),
    ("what is [current] time", "show clock"), ("what time is it", "show clock"),
    ("what is|are wrong|broken|failed|down|dead", "show"),
    ("what is wrong with TARGET", "show TARGET"),
    ("what is|are TERM", "explain TERM"), ("what does TERM mean", "explain TERM"),
    ("what is|about TARGET", "show TARGET"), ("what does TARGET do", "show TARGET"),
    ("define|meaning [of] TERM", "explain TERM"), ("explain TERM", "explain TERM"),
    ("who|which|where is [current|database|server|node] primary|master|leader", "show database"),
    ("which server|node|host is [current] primary|master|leader", "show database"),
    ("who|which|where is|are [current|database] replica|replicas|slave|slaves", "show database"),
    ("which server|servers|host|hosts is|are up|down|active|alive|healthy|dead|failed", "show servers"),
    ("who|which is up|down|active|alive|healthy|dead|failed|passive|standby", "show servers"),
    ("is TARGET up|down|ok|alive|healthy|dead|broken|running|working|slow|active|standby", "show TARGET"),
    ("where is TARGET", "show TARGET"), ("how is TARGET", "show TARGET"),
    ("how many requests|failures|errors [REST]", "stats"),
    ("what has happened|failed", "why"), ("what happened|failed", "why"), ("what went wrong", "why"),
    ("why [did|has|does|is] request ID fail|failed|failing", "why ID"),
    ("why did ID fail", "why ID"), ("why ID failed|fails", "why ID"),
    ("why did|does|is|was|are|has|do|so|not it|that|this|they|requests|request|slow [REST]", "why"),
    ("why [not|so] slow|failed|fail|error|errors", "why"), ("why [http] 404|500|502|503|504|5xx", "why"),
    ("what can|should|could|do i|we|you do [now|next|here]", "help"), ("what [do|to] now|next|do", "help"),
    ("what [happens|happen|would] [happen] if|when [i|we|you] LINE", "whatif LINE; send 4"),
    (
      "what [happens|happen|would] [happen] if|when TARGET [is|goes] dies|fails|crashes|breaks|down|dead|broken",
      "whatif break TARGET; send 4"
    ),
    ("is TARGET spof", "show stops(TARGET)"),
    ("is TARGET single point of failure", "show stops(TARGET)"),
    ("what|where is|are spofs|spof [here]", "spof"),
    ("what|where|which is|are single points|point of failure", "spof"),
  ]

  private static let lookingAround: [Phrase] = [
    ("describe TARGET", "show TARGET"),
    ("ping|status|inspect|info TARGET", "show TARGET"),
    ("show|display|list|view|print|see|get|describe [me|all] TOPIC", "show TOPIC"),
    ("show|display|list|view|see|describe [me] TARGET", "show TARGET"),
    ("systemctl|service status [TARGET]", "show"),
    ("show stat|backend|backends", "show servers"), ("show servers state|conn", "show servers"),
    ("show slave|replica|master|source|replication|binary status|log|hosts", "show database"),
    ("show [me] site|everything|all|picture|map|drawing|diagram|infrastructure|architecture", "show"),
    ("show info", "stats"), ("show errors|error|sess|sessions|requests", "log"),
    ("show [me] stats|statistics|metrics|counters|load", "stats"),
    ("top|htop|ps|metrics|statistics|statistic", "stats"), ("status|state|map|draw|diagram", "show"),
    ("tail [REST]", "log"), ("logs|journalctl", "log"),
    ("list|show|all commands|command", "help"), ("commands|manual|man", "help"),
    ("man VERB", "help VERB"), ("help me", "help"), ("i need help", "help"), ("tripod help", "help"),
    ("find|show|list|get [me|all] spofs|spof", "spof"),
    ("[find|show|list] single points|point of failure", "spof"),
    ("single-point-of-failure|single-points-of-failure", "spof"),
    ("uptime", "availability"), ("date|clock|time|now", "show clock"),
  ]

  private static let failures: [Phrase] = [
    ("break TARGET", "break TARGET"), ("repair TARGET", "repair TARGET"), ("remove TARGET", "remove TARGET"),
    ("rebuild TARGET", "rebuild TARGET"), ("promote TARGET", "promote TARGET"),
    ("power|turn|switch|shut off|down TARGET", "break TARGET"),
    ("power|turn|switch|shut TARGET off|down", "break TARGET"),
    ("take|bring|put TARGET down|offline", "break TARGET"), ("take|bring|put down TARGET", "break TARGET"),
    ("poweroff|shutdown|halt|kill|stop|down|fail|murder TARGET", "break TARGET"),
    ("sudo poweroff|shutdown|halt|kill|stop TARGET", "break TARGET"),
    ("kill -9 TARGET", "break TARGET"), ("pkill|killall TARGET", "break TARGET"),
    ("systemctl stop|kill TARGET", "break TARGET"), ("service TARGET stop", "break TARGET"),
    ("crash TARGET", "break TARGET crash"), ("hang|freeze TARGET", "break TARGET hang"),
    ("slow [down] TARGET", "break TARGET slow"), ("make TARGET slow|slower", "break TARGET slow"),
    ("make TARGET hang|freeze", "break TARGET hang"), ("make TARGET crash|fail", "break TARGET"),
    ("cut|disconnect|unplug LINK", "break LINK"), ("cut|isolate|disconnect TARGET", "break TARGET cut"),
    ("cut|break [network|link|cable|wire] between LINK", "break LINK"),
    ("cut|break link|cable|wire LINK", "break LINK"),
    ("fill disk of|on TARGET", "break TARGET disk-full"),
    ("power|turn|switch on TARGET", "repair TARGET"), ("power|turn|switch TARGET on", "repair TARGET"),
    ("bring|take|put TARGET [back] up|online|back", "repair TARGET"),
    ("bring|take|put [back] up TARGET", "repair TARGET"), ("bring back TARGET", "repair TARGET"),
    ("fix|heal|mend|revive|recover|unbreak|boot|poweron|start TARGET", "repair TARGET"),
    ("start TARGET again", "repair TARGET"), ("make TARGET work|run [again]", "repair TARGET"),
    ("reconnect LINK", "repair LINK"),
    ("failover [to] TARGET", "promote TARGET"), ("fail over to TARGET", "promote TARGET"),
    ("failover", "promote"), ("fail over", "promote"),
    ("make TARGET [new|database] primary|master|leader", "promote TARGET"),
    ("switch|move|change [primary|master|database] to TARGET", "promote TARGET"),
    ("elect TARGET", "promote TARGET"), ("promote TARGET to|as primary|master", "promote TARGET"),
  ]

  private static let balancing: [Phrase] = [
    ("make|set TARGET [as|be|to] passive|backup|standby|spare", "set TARGET backup on"),
    ("put TARGET on|in|into|to standby|backup", "set TARGET backup on"),
    ("use TARGET as|for standby|backup|spare", "set TARGET backup on"),
    ("make|set TARGET [as|be|to] active", "set TARGET backup off"),
    ("drain TARGET", "set TARGET state drain"), ("disable [server] TARGET", "set TARGET state maint"),
    ("maint|maintenance TARGET", "set TARGET state maint"),
    ("put TARGET in|into|to maint|maintenance", "set TARGET state maint"),
    ("enable|ready [server] TARGET", "set TARGET state ready"),
    ("set server TARGET state SETTINGVALUE", "set TARGET state SETTINGVALUE"),
    ("set server TARGET SETTING SETTINGVALUE", "set TARGET SETTING SETTINGVALUE"),
    ("set SETTING TARGET [to] SETTINGVALUE", "set TARGET SETTING SETTINGVALUE"),
    ("set|change|put|make SETTING of|on|for TARGET [to] SETTINGVALUE", "set TARGET SETTING SETTINGVALUE"),
    ("set|change TARGET SETTING [to] SETTINGVALUE", "set TARGET SETTING SETTINGVALUE"),
    ("[change|give] SETTING TARGET [to] SETTINGVALUE", "set TARGET SETTING SETTINGVALUE"),
    ("[change|give] TARGET SETTING [of|to] SETTINGVALUE", "set TARGET SETTING SETTINGVALUE"),
    ("use|take|try|choose|want ALGORITHM", "algorithm ALGORITHM"),
    ("switch|change|go [algorithm|balancing] to ALGORITHM", "algorithm ALGORITHM"),
    ("set|change|use [balancing] algorithm [to] ALGORITHM", "algorithm ALGORITHM"),
    ("set TARGET algorithm|balance [to] ALGORITHM", "algorithm ALGORITHM"),
    ("[load] balance|balancing|algorithm|scheduler [with|by|=] ALGORITHM", "algorithm ALGORITHM"),
    ("ALGORITHM", "algorithm ALGORITHM"),
    ("use|switch|change|go|make|mode [mode|it|servers] [to] MODE", "mode MODE"), ("MODE", "mode MODE"),
    ("turn|switch on health checks|check", "set lb-1 check http"),
    ("turn|switch off health checks|check", "set lb-1 check off"),
    ("enable health checks|check", "set lb-1 check http"),
    ("disable health checks|check", "set lb-1 check off"),
    ("[set] health checks|check on", "set lb-1 check http"),
    ("[set] health checks|check off", "set lb-1 check off"),
  ]

  private static let building: [Phrase] = [
    ("scale [out]", "add server"),
    ("add|create|need|want another|more|new|one [more] server", "add server"),
    ("[i|we] need|want more servers", "add server"), ("new|another server", "add server"),
    ("create|install|make|new server NAME", "add server NAME"),
    ("add|create [another|new|mysql] db|database|mysql|slave", "add replica"),
    ("add|create [another|new] replica|slave", "add replica"),
    ("add|create|install [another|second|new] lb|loadbalancer|load-balancer", "add balancer"),
    ("add|create|install [another|second|new] haproxy|balancer", "add balancer"),
    ("add|create|install [another|second|new] load balancer", "add balancer"),
    ("add|install|enable|use|turn [on] ssl|https|tls|certificate|encryption", "add tls"),
    ("add|install|enable|use [on] firewall|firewalls", "add firewall"),
    ("add|install|enable|use monitoring|alerting|monitor", "add monitor"),
    ("delete|rm|del|destroy|drop|erase TARGET", "remove TARGET"), ("get rid of TARGET", "remove TARGET"),
  ]

  private static let traffic: [Phrase] = [
    ("curl|wget|get|visit|fetch|open [-s|-i|-v] PATH", "send to PATH"),
    ("curl|wget|visit|ping [site]", "send"), ("open|visit|load|refresh|reload page|site|website", "send"),
    ("send|make|do|fire|simulate NUMBER [KIND] requests|request|req|visits|times", "send NUMBER KIND"),
    ("send|make|do|fire [KIND] requests|request|req", "send KIND"),
    ("send NUMBER [KIND] requests at|with RATE", "send NUMBER KIND rate RATE"),
    ("request|requests|get|fetch|ask [for] NUMBER KIND", "send NUMBER KIND"),
    ("request|get|fetch|ask|load [for] KIND", "send KIND"),
    ("post|write|leave NUMBER KIND", "send NUMBER KIND"),
    ("post|write|leave KIND", "send KIND"), ("NUMBER KIND", "send NUMBER KIND"),
    ("follow|track|trace|watch [one] KIND [request]", "trace KIND"),
    ("follow|track|trace|watch [one] request", "trace"),
    ("wait|sleep|pause [for] DURATION", "wait DURATION"), ("wait until TARGET is up", "wait until TARGET up"),
    ("wait until TARGET is down", "wait until TARGET down"),
  ]

  private static let others: [Phrase] = [
    ("i|we [would] [like|want] to LINE", "LINE"), ("can|could|would|will i|you|we LINE", "LINE"),
    ("let|lets [me|us] LINE", "LINE"), ("try|now|then|ok|okay|and|sudo|tripod LINE", "LINE"),
    ("try to LINE", "LINE"), ("undo that|it|this|last", "undo"), ("undo last step|change|command", "undo"),
    ("take that|it|this back", "undo"), ("go back", "undo"), ("oops|revert|ctrl-z|rollback|undelete", "undo"),
    ("start|begin over|again", "reset"), ("reset|restart everything|all|site", "reset"),
    ("redo that|it|this", "redo"),
  ]
}
