using System.Text.Json;

namespace Relais.Tests.Fuzz;

/// <summary>A value of a JSON text, as byte positions, with its name when it is a member of an object.</summary>
/// <param name="Start">Where the name begins; of an item of a list the same as <paramref name="ValueStart"/>.</param>
/// <param name="ValueStart">Where the value begins.</param>
/// <param name="End">One past the value's last byte.</param>
internal readonly record struct JsonSpot(int Start, int ValueStart, int End)
{
    public bool IsMember => Start != ValueStart;
}

internal static class JsonSpots
{
    /// <summary>Every value in the text, inner ones first; none when it is not JSON any more.</summary>
    public static List<JsonSpot> Of(byte[] json)
    {
        var spots = new List<JsonSpot>();
        var open = new Stack<(int Start, int ValueStart)>();
        var name = -1;
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 256 });
            while (reader.Read())
            {
                var at = (int)reader.TokenStartIndex;
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = at;
                        continue;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push((name < 0 ? at : name, at));
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        var begun = open.Pop();
                        spots.Add(new JsonSpot(begun.Start, begun.ValueStart, (int)reader.BytesConsumed));
                        break;
                    default:
                        spots.Add(new JsonSpot(name < 0 ? at : name, at, (int)reader.BytesConsumed));
                        break;
                }

                name = -1;
            }
        }
        catch (JsonException)
        {
            return [];
        }

        return spots;
    }
}
