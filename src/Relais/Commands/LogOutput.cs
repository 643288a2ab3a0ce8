using System.Text.Encodings.Web;
using System.Text.Json;
using Relais.Foundation;

namespace Relais.Commands;

/// <summary>One JSON object a line on standard output. Texts, numbers and tokens are never logged at Information.</summary>
internal static class LogOutput
{
    public static void Configure(ILoggingBuilder logging, Settings settings, bool demo)
    {
        var level = settings.LogLevel switch
        {
            "debug" => LogLevel.Debug,
            "warning" => LogLevel.Warning,
            "error" => LogLevel.Error,

            // Whoever tries the demo reads the addresses on the terminal; only what goes wrong belongs between them.
            _ => demo && !settings.Has("RELAIS_LOG") ? LogLevel.Warning : LogLevel.Information,
        };
        logging.ClearProviders();
        logging.SetMinimumLevel(level);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddJsonConsole(options =>
        {
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            options.UseUtcTimestamp = true;
            options.JsonWriterOptions = new JsonWriterOptions { Indented = false, Encoder = JavaScriptEncoder.Default };
        });
    }
}
