using Relais.Conversations;

namespace Relais.Imports.Moving;

/// <summary>Who said a message.</summary>
internal enum MovedAuthor
{
    Customer = 1,
    Agent = 2,
    Person = 4,
}

/// <summary>
/// A row of another system in our words, with its own id and its own time (microseconds UTC; null: not told). References are ids there; a
/// conversation that is named by nothing is the one of the phone number.
/// </summary>
internal abstract record Moved(string Id, long? At)
{
    public abstract string Kind { get; }

    public sealed record Contact(string Id, string Phone, string? Name, string? Language, long? OptedOutAt, long? At) : Moved(Id, At)
    {
        public override string Kind => "contact";
    }

    public sealed record Conversation(string Id, string? ContactId, string? Phone, long? At) : Moved(Id, At)
    {
        public override string Kind => "conversation";
    }

    /// <param name="Status">How far one of the business's got; null: not told, so it is taken for sent.</param>
    public sealed record Message(
        string Id, string? ConversationId, string? ContactId, string? Phone, MovedAuthor Author, string Text, string? Suggestion, long? At, DeliveryStatus? Status = null) : Moved(Id, At)
    {
        public override string Kind => "message";
    }

    public sealed record Event(string Id, string? ConversationId, string? Phone, string Type, string? Detail, long? At) : Moved(Id, At)
    {
        public override string Kind => "event";
    }

    public sealed record Faq(string Id, string Question, string Answer, string? Language, long? At, long? UpdatedAt) : Moved(Id, At)
    {
        public override string Kind => "faq";
    }

    public sealed record Product(
        string Id, string Sku, string Title, string? Description, decimal? Price, string? Currency, long? Stock, string? Url, string? ImageUrl, long? At) : Moved(Id, At)
    {
        public override string Kind => "product";
    }

    public sealed record Order(
        string Id, string Tracking, string? Phone, string? Name, string Status, string? Carrier, decimal? Total, string? Currency, IReadOnlyList<MovedItem> Items,
        long? At, long? UpdatedAt) : Moved(Id, At)
    {
        public override string Kind => "order";
    }
}

/// <summary>A line of an order.</summary>
/// <param name="Sku">The retailer's id of it, or its name where there is none.</param>
/// <param name="Name">As it was told.</param>
/// <param name="Quantity">At least 1.</param>
/// <param name="Price">Of one, in the currency of the line or of the order; null: not told.</param>
/// <param name="Currency">Three letters, or null for the order's.</param>
internal sealed record MovedItem(string Sku, string Name, long Quantity, decimal? Price, string? Currency);

/// <summary>A row as it was read: in our words, or why it cannot be.</summary>
/// <param name="Number">Line of the file, or number of the row in its table.</param>
/// <param name="What">Null when there is a problem.</param>
/// <param name="Problem">A sentence.</param>
internal sealed record MovedRow(long Number, Moved? What, string? Problem);
