using Microsoft.Data.Sqlite;
using Relais.Storage;

namespace Relais.Imports.Moving;

/// <summary>A concierge business of system D: a tenant here, and the one person who signs in to it. The hash of its password is never read.</summary>
internal sealed record Concierge(string Id, string Name, string Email);

/// <summary>A feature request of system D; words of its kind and state are ours too.</summary>
internal sealed record MovedWish(string Id, string Title, string Description, string Priority, string Status, long? At, long? UpdatedAt);

/// <summary>Reads system D's database file (concierge.db) without writing to it. Columns it does not have are left out: older files lack some.</summary>
internal sealed class ConciergeFile : IDisposable
{
    private readonly SqliteConnection connection;

    /// <exception cref="InvalidDataException">Not its file.</exception>
    public ConciergeFile(string path)
    {
        SqliteLibrary.Choose();
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            connection.Open();
            foreach (var table in (string[])["conciergeries", "conversations", "messages", "faqs"])
            {
                if (Columns(table).Count == 0)
                {
                    throw new InvalidDataException($"{path} has no table {table}: it is not a concierge.db.");
                }
            }
        }
        catch (Exception e) when (e is SqliteException or InvalidDataException)
        {
            connection.Dispose();
            throw e is InvalidDataException ? e : new InvalidDataException($"{path} is no SQLite file.", e);
        }
    }

    public List<Concierge> Concierges() => [.. Rows("SELECT id, name, email FROM conciergeries ORDER BY id", [])
        .Select(r => new Concierge(r.Text("id")!, r.Text("name") ?? r.Text("email")!, r.Text("email") ?? ""))];

    /// <summary>Everything of one business, in the order in which it can go in.</summary>
    public IEnumerable<MovedRow> Of(Concierge concierge, string? country)
    {
        var of = ("@id", (object)concierge.Id);
        return Read("faq", "SELECT * FROM faqs WHERE conciergerie_id = @id ORDER BY id", of, country)
            .Concat(Read("conversation", "SELECT * FROM conversations WHERE conciergerie_id = @id ORDER BY id", of, country))
            .Concat(Read("message", """
                SELECT m.* FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE c.conciergerie_id = @id ORDER BY m.created_at, m.id
                """, of, country));
    }

    /// <summary>What a business asked for, oldest first; none where the file has no such table.</summary>
    public IEnumerable<MovedWish> Wishes(Concierge concierge) => Columns("feature_requests").Count == 0 ? []
        : Rows("SELECT * FROM feature_requests WHERE conciergerie_id = @id ORDER BY id", [("@id", concierge.Id)]).Select(r => new MovedWish(
            r.Text("id")!, r.Text("title") ?? "", r.Text("description") ?? "", OneOf(r.Text("priority"), "medium", "low", "high"),
            OneOf(r.Text("status"), "pending", "in_progress", "completed", "rejected"), Time(r, "createdat"), Time(r, "updatedat")));

    public void Dispose() => connection.Dispose();

    private static string OneOf(string? word, string usual, params string[] others) => others.Contains(word) ? word! : usual;

    private static long? Time(ForeignRow row, string name)
    {
        try
        {
            return row.Instant(name);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private IEnumerable<MovedRow> Read(string kind, string sql, (string, object) parameter, string? country)
    {
        var number = 0L;
        foreach (var row in Rows(sql, [parameter]))
        {
            yield return ForeignReading.Read(++number, row, kind, country);
        }
    }

    private IEnumerable<ForeignRow> Rows(string sql, IReadOnlyList<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new ForeignRow([.. Enumerable.Range(0, reader.FieldCount)
                .Select(i => (reader.GetName(i), reader.IsDBNull(i) ? null : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture)))]);
        }
    }

    private List<string> Columns(string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
