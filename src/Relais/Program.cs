using Relais.Commands;
using Relais.Foundation;

var settings = Settings.FromEnvironment();
using var folder = DataFolder.Lock(settings.DataFolder);
var app = ServeHost.Build(settings, folder, demo: true);
await app.RunAsync();
return 0;
