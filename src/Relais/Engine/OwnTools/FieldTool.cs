using Relais.Changes;
using Relais.Conversations;
using Relais.Engine.Ai;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.OwnTools;

/// <summary>
/// Notes what a customer said of themselves in a field the business listed. Promises: only this turn's contact, only words that the
/// customer wrote in this conversation, and never over a person's word.
/// </summary>
internal sealed class FieldTool(Database database, Ids ids, ConversationEvents events, ChangeLog changes, Clock clock)
{
    public const string Name = "collect_contact_field";

    private const string Field = "field";
    private const string Value = "value";
    private const int MostInTurn = 5;

    public AgentTool For(DueTurn due, IReadOnlyList<ContactField> fields)
    {
        var notes = 0;
        return new AgentTool(Definition(fields), async (arguments, cancel) =>
        {
            if (++notes > MostInTurn || fields.FirstOrDefault(f => f.Name == arguments[Field]) is not { } field)
            {
                return Answer("refused");
            }

            return field.Clean(arguments[Value]) is not { } value ? Answer("invalid")
                : !IsSaid(due.Turn, field, value) ? Answer("not_said_by_customer")
                : Answer(await Note(due, field.Name, value, cancel));
        });
    }

    private static ToolAnswer Answer(string state) => new($$"""{"state":"{{state}}"}""");

    private static ToolDefinition Definition(IReadOnlyList<ContactField> fields) => new(
        Name, ToolRisk.Read,
        "Notes something the customer just told about themselves, word for word. Never guess, never ask for more than is needed. Fields: "
        + string.Join("; ", fields.Select(Described)) + ".",
        new ToolArgument(Field, 40, "Which field", [.. fields.Select(f => f.Name)]) { IsOneOfWords = true },
        new ToolArgument(Value, 500, "As the customer wrote it; a date as 2026-05-04"));

    private static string Described(ContactField field) =>
        $"{field.Name} ({field.Kind}{(field.Words is null ? "" : ": " + string.Join(", ", field.WordList))})"
        + (string.IsNullOrWhiteSpace(field.Description) ? "" : " " + ShortText.OneLine(field.Description));

    /// <summary>Each word of it stands in the customer's own messages; of a date or number, its digits. A choice is one of the business's words.</summary>
    private static bool IsSaid(Turn turn, ContactField field, string value)
    {
        if (field.Kind == ContactField.Choice)
        {
            return true;
        }

        var said = TextFolding.FoldWords(string.Join(' ', turn.History.Concat(turn.Unanswered).Where(m => m.FromCustomer).Select(m => m.Text)))
            .Split(' ').ToHashSet(StringComparer.Ordinal);
        var words = TextFolding.FoldWords(value).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && (field.Kind == "date"
            ? Array.Exists(words, w => said.Contains(w) || said.Contains(w.TrimStart('0')))
            : Array.TrueForAll(words, said.Contains));
    }

    private async Task<string> Note(DueTurn due, string field, string value, CancellationToken cancel)
    {
        var (turn, range, state) = (due.Turn, await ids.Take(2, cancel), "");
        await database.Write(Scope.Tenant(turn.TenantId), async tx =>
        {
            range.Rewind();
            if ((await ConversationStore.Find(tx, turn.TenantId, turn.ConversationId))?.Version != turn.Version)
            {
                state = "refused";
                return;
            }

            state = "kept";
            if (await ContactFieldStore.Note(tx, turn.TenantId, turn.ContactId, field, value, clock.Micros))
            {
                state = "stored";
                await events.Add(tx, new ConversationEvent(turn.TenantId, range.Next(), turn.ConversationId, "field_collected", null, field, clock.Micros));
                await changes.Append(tx, [new Change(
                    range.Next(), turn.TenantId, "conversation.updated", turn.ConversationId, null, due.InboxId, clock.Micros)]);
            }
        }, cancel);
        return state;
    }
}
