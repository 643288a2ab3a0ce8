using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relais.Backups;

/// <summary>The first entry of an archive: what it is.</summary>
/// <param name="Format">1.</param>
/// <param name="Version">Of the program that wrote it.</param>
/// <param name="Schema">Number of its last migration.</param>
/// <param name="Engine">sqlite or postgres; it can be restored to either.</param>
/// <param name="At">When the snapshot was taken, microseconds UTC.</param>
/// <param name="Media">Whether the files of messages are inside.</param>
/// <param name="Key">Whether the key file is inside.</param>
internal sealed record ArchiveHead(int Format, string Version, int Schema, string Engine, long At, bool Media, bool Key);

/// <summary>The last entry: what has to be there. An archive without it was cut off.</summary>
/// <param name="Tables">By name.</param>
/// <param name="Files">Files of messages.</param>
internal sealed record ArchiveEnd(IReadOnlyDictionary<string, TableSum> Tables, long Files);

/// <summary>Names and forms of the entries of an archive, in their order: head, key, tables (chunks of lines), files, end.</summary>
internal static class Archive
{
    public const int Format = 1;
    public const string Head = "relais.json";
    public const string Key = "relais.key";
    public const string Tables = "tables/";
    public const string Media = "media/";
    public const string End = "sums.json";

    /// <summary>Bytes of lines in one entry; held in memory on both sides.</summary>
    public const int Chunk = 2 * 1024 * 1024;

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };
}

/// <summary>Why a backup or a restore does not go on; the message says how to mend it.</summary>
internal sealed class BackupRefusedException(string message, Exception? inner = null) : Exception(message, inner);
