namespace Relais.Conversations;

/// <summary>A colleague who looks at a conversation now.</summary>
/// <param name="AgentId">Who.</param>
/// <param name="Name">As colleagues know them.</param>
/// <param name="State">viewing or typing.</param>
internal sealed record Viewer(long AgentId, string Name, string State)
{
    /// <summary>Between two of them as <see cref="ConversationStore"/> reads them in one column: no name has it.</summary>
    public const string Between = "\u001f";

    public const string Viewing = "viewing";
    public const string Typing = "typing";

    /// <summary>"7:typing:Camille", one or several.</summary>
    public static IReadOnlyList<Viewer> Read(string? column) => column is null ? [] :
        [.. column.Split(Between).Select(one => one.Split(':', 3)).Select(p => new Viewer(long.Parse(p[0]), p[2], p[1])).OrderBy(v => v.AgentId)];
}
