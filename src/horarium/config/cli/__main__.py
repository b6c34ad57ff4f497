from horarium.config.cli import main

main()
