using System.Globalization;

namespace Relais.Engine.OwnTools;

/// <summary>What the server tells a business's own system, when its tool asks for it as {{name}}: never the model's words.</summary>
internal static class ToolFacts
{
    public const string TenantId = "tenant.id";
    public const string ContactId = "contact.id";
    public const string ContactName = "contact.name";
    public const string ContactPhone = "contact.phone";
    public const string ConversationId = "conversation.id";
    public const string Language = "language";

    /// <summary>All there are.</summary>
    public static IReadOnlyList<string> Names { get; } = [TenantId, ContactId, ContactName, ContactPhone, ConversationId, Language];

    public static IReadOnlyDictionary<string, string> Of(DueTurn due, string language) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [TenantId] = due.Turn.TenantId.ToString(CultureInfo.InvariantCulture),
        [ContactId] = due.Turn.ContactId.ToString(CultureInfo.InvariantCulture),
        [ContactName] = due.Turn.ContactName ?? "",
        [ContactPhone] = due.Contact.Phone ?? "",
        [ConversationId] = due.Turn.ConversationId.ToString(CultureInfo.InvariantCulture),
        [Language] = language,
    };
}
