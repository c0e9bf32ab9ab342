package dev.plumbline.report.draw;

/** A figure laid out: its size, and how it goes on a canvas. */
interface Drawing {

    /** Two columns of a paper: 7.1 inches. */
    double WIDTH = 680;

    double width();

    double height();

    void paint(Canvas canvas);
}
