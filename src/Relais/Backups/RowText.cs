using System.Buffers;
using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using Relais.Storage;

namespace Relais.Backups;

/// <summary>
/// A row as one line of JSON, an array in the order of the columns: the same line whichever engine it was read from, so that a
/// backup of one can be restored to the other. Bytes are base64.
/// </summary>
internal static class RowText
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The cells a reader stands on, then a line break.</summary>
    public static void Write(IBufferWriter<byte> into, IReadOnlyList<TableColumn> columns, DbDataReader reader)
    {
        using (var json = new Utf8JsonWriter(into, Writing))
        {
            json.WriteStartArray();
            for (var i = 0; i < columns.Count; i++)
            {
                if (reader.IsDBNull(i))
                {
                    json.WriteNullValue();
                    continue;
                }

                switch (columns[i].Kind)
                {
                    case CellKind.Number:
                        json.WriteNumberValue(reader.GetInt64(i));
                        break;
                    case CellKind.Text:
                        json.WriteStringValue(reader.GetString(i));
                        break;
                    default:
                        json.WriteBase64StringValue(reader.GetFieldValue<byte[]>(i));
                        break;
                }
            }

            json.WriteEndArray();
        }

        into.Write("\n"u8);
    }

    /// <exception cref="InvalidDataException">Not a row of these columns.</exception>
    public static object?[] Read(ReadOnlySpan<byte> line, IReadOnlyList<TableColumn> columns)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            var cells = new object?[columns.Count];
            json.Read();
            for (var i = 0; i < cells.Length; i++)
            {
                json.Read();
                cells[i] = json.TokenType == JsonTokenType.Null ? null : columns[i].Kind switch
                {
                    CellKind.Number => json.GetInt64(),
                    CellKind.Text => json.GetString(),
                    _ => json.GetBytesFromBase64(),
                };
            }

            return json.Read() && json.TokenType == JsonTokenType.EndArray ? cells : throw new InvalidDataException("A row of the backup has another number of cells.");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException("A row of the backup cannot be read.", e);
        }
    }
}
