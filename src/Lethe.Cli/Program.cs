using Lethe.Cli.CommandLine;

return CommandHost.Run(args);
