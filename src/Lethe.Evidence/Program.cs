using Lethe.Evidence;

return VerifierProgram.Run(args, Console.Out, Console.Error);
