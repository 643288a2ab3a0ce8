using System.Buffers.Binary;
using System.Buffers.Text;
using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Relais.Foundation;

/// <summary>
/// Where a list goes on: after the row with this sort value and id. Clients see opaque text. Rows may repeat when the list
/// moves under the reader; clients drop doubles by id.
/// </summary>
internal readonly record struct Cursor(long Sort, long Id)
{
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Sort);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Id);
        return Base64Url.EncodeToString(bytes);
    }

    public static Cursor? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[16];
        return text.Length == 22 && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var length) && length == 16
            ? new Cursor(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]))
            : null;
    }
}

/// <summary>A list's answer.</summary>
/// <param name="Items">The rows, in the list's order.</param>
/// <param name="NextCursor">To be sent as <c>cursor</c> for the rows after these; null when there are none.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

internal static class Page
{
    /// <summary>Cuts rows read with <c>LIMIT limit + 1</c>: the one too many only says that the list goes on.</summary>
    public static Page<TOut> Of<T, TOut>(List<T> rows, int limit, Func<T, Cursor> cursor, Func<T, TOut> show)
    {
        var shown = rows.Count > limit ? rows.GetRange(0, limit) : rows;
        return new Page<TOut>(shown.ConvertAll(row => show(row)), rows.Count > limit ? cursor(shown[^1]).ToString() : null);
    }
}

/// <summary>What every list takes.</summary>
internal sealed record PageQuery
{
    /// <summary>Rows a page, 1 to 200.</summary>
    [FromQuery(Name = "limit"), Description("Rows a page, 1 to 200.")]
    public string? Limit { get; init; }

    /// <summary>The <c>next_cursor</c> of the page before.</summary>
    [FromQuery(Name = "cursor"), Description("next_cursor of the page before.")]
    public string? Cursor { get; init; }

    public const int MaxLimit = 200;

    /// <summary>Null when it can be used; otherwise the refusal that names the parameter.</summary>
    public IResult? Read(int unset, out int limit, out Cursor? after)
    {
        after = null;
        limit = unset;
        if (!string.IsNullOrEmpty(Limit) && (!int.TryParse(Limit, out limit) || limit is < 1 or > MaxLimit))
        {
            return Problems.Invalid400("limit", $"limit is a number from 1 to {MaxLimit}.");
        }

        if (string.IsNullOrEmpty(Cursor))
        {
            return null;
        }

        after = Foundation.Cursor.Parse(Cursor);
        return after is null ? Problems.Invalid400("cursor", "cursor is the next_cursor of the page before, or is left out.") : null;
    }
}
