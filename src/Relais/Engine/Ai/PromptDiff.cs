using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Relais.Engine.Ai;

/// <param name="Change">same, added or removed.</param>
/// <param name="Text">The line.</param>
internal sealed record PromptDiffLine(string Change, string Text);

/// <param name="Field">persona, tone, instructions, forbidden_topics, reserved_topics or allowed_links.</param>
/// <param name="Lines">All its lines, those that differ marked.</param>
internal sealed record PromptDiffField(string Field, IReadOnlyList<PromptDiffLine> Lines);

/// <param name="From">The older version; 0: nothing told.</param>
/// <param name="To">The other one.</param>
/// <param name="Fields">Only those that differ.</param>
internal sealed record PromptDiffJson(long From, long To, IReadOnlyList<PromptDiffField> Fields);

/// <summary>Two versions of a prompt, line by line.</summary>
internal static class PromptDiff
{
    public static PromptDiffJson Of(long from, BusinessPrompt old, long to, BusinessPrompt current) => new(from, to,
    [
        .. Fields(old).Zip(Fields(current), (before, after) => (before.Name, Before: before.Text, After: after.Text))
            .Where(f => f.Before != f.After)
            .Select(f => new PromptDiffField(f.Name, Lines(f.Before, f.After))),
    ]);

    private static (string Name, string Text)[] Fields(BusinessPrompt p) =>
    [
        ("persona", p.Persona ?? ""), ("tone", p.Tone ?? ""), ("instructions", p.Instructions ?? ""),
        ("forbidden_topics", string.Join('\n', p.ForbiddenTopics)), ("reserved_topics", string.Join('\n', p.ReservedTopics)),
        ("allowed_links", string.Join('\n', p.AllowedLinks)),
    ];

    private static List<PromptDiffLine> Lines(string before, string after) =>
        new InlineDiffBuilder(new Differ()).BuildDiffModel(before, after).Lines.Where(l => l.Text.Length > 0 || l.Type == ChangeType.Unchanged).Select(l => new PromptDiffLine(
            l.Type switch { ChangeType.Inserted => "added", ChangeType.Deleted => "removed", _ => "same" }, l.Text)).ToList();
}
