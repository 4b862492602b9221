module consumer {
    requires dev.eventbus.core;
}
