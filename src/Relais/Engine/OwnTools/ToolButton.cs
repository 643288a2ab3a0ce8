namespace Relais.Engine.OwnTools;

/// <summary>A button under the question before an effect; its id is <c>tool:run:&lt;nonce&gt;</c> or <c>tool:keep:&lt;nonce&gt;</c>.</summary>
/// <param name="Choice">run or keep.</param>
/// <param name="Nonce">Of the question it belongs to.</param>
internal readonly record struct ToolButton(string Choice, string Nonce)
{
    public const string Run = "run";
    public const string Keep = "keep";

    public static string Id(string choice, string nonce) => $"tool:{choice}:{nonce}";

    /// <summary>Null for any other choice.</summary>
    public static ToolButton? Read(string? choiceId) =>
        choiceId is not null && choiceId.Split(':') is ["tool", Run or Keep, { Length: 16 }] parts ? new ToolButton(parts[1], parts[2]) : null;
}
